"""How a memo becomes an Analysis: open this file second, after ``domain.py``.

Sound arrives in blocks and is never held whole, so that ten hours pass in the memory of one.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import version

from sottovoce import __version__
from sottovoce.analysis.dimensions import stress_of
from sottovoce.analysis.listening import Heard, Hearing, listen
from sottovoce.analysis.stress import Doubt
from sottovoce.analysis.view import Grounds, view_of
from sottovoce.audio.decode import Decoder, DecodeStream, Source
from sottovoce.config import read_settings
from sottovoce.domain import (
    Analysis,
    Baseline,
    Biomarkers,
    Emotion,
    SegmentAnalysis,
    View,
)
from sottovoce.errors import ModelError
from sottovoce.features.biomarkers import summarise
from sottovoce.features.functionals import functional_digest
from sottovoce.models.card import FUNCTIONALS, SPEECH, Card
from sottovoce.models.emotion import EmotionModel, Judged
from sottovoce.models.judge import Judge
from sottovoce.models.registry import DEFAULT_MODEL, find_model
from sottovoce.models.speech_model import SpeechModel

OPENERS: Mapping[str, Callable[[Card], Judge]] = {
    FUNCTIONALS: lambda card: EmotionModel(card, functional_digest()),
    SPEECH: SpeechModel,
}


def load_model(name: str = DEFAULT_MODEL) -> Judge:
    """Open an emotion model by its name: the embedded one, or one in the person's models folder.

    Raises
    ------
    ModelError
        There is no such model, its weights are not those of its card, or a newer version made it.
    """
    card = find_model(name, read_settings().models_folder)
    if card.kind not in OPENERS:
        raise ModelError(f"'{card.name}' is a model of kind '{card.kind}', unknown to this version")
    return OPENERS[card.kind](card)


def analyze(  # noqa: PLR0913 - a door with a name for each wish
    source: Source,
    *,
    model: Judge | None = None,
    baseline: Baseline | None = None,
    decoder: Decoder | None = None,
    name: str | None = None,
    threads: int = 1,
) -> Analysis:
    """Hear how a memo was spoken.

    Parameters
    ----------
    source
        A path, the bytes of a file, or a binary stream; any container a phone or browser makes.
    model
        An opened emotion model; the embedded one when None.
    baseline
        The voice's own normal (``analysis.baseline.learn_baseline``): scores are then given against
        it, and the absolute ones beside them.
    decoder
        A running decoder, to be shared by many calls; one is started and stopped when None.
    name
        What results and sentences call the source; its path, or what it is, when None.
    threads
        How many windows are heard at once; the numbers are the same.

    Returns
    -------
    Analysis
        ``status`` is "unusable", with reasons, when there was too little to hear.

    Raises
    ------
    InputError
        The source could not be read as audio; the sentence says why.
    ModelError
        The baseline was made with another model.

    Examples
    --------
    >>> import sottovoce as sv
    >>> from sottovoce.runtime import ASSETS
    >>> analysis = sv.analyze(ASSETS / "samples" / "even.ogg")
    >>> analysis.status
    'ok'
    """
    started_s = time.perf_counter()
    model = model or load_model()
    if baseline:
        model.check_baseline(baseline)
    with (
        nullcontext(decoder) if decoder else Decoder() as running,
        running.stream(source, name) as sound,
    ):
        hearing = listen(sound.blocks(), model, baseline, threads)
        analysis = conclude(hearing, sound, model, baseline)
    return replace(analysis, elapsed_s=time.perf_counter() - started_s)


def conclude(
    hearing: Hearing, sound: DecodeStream, model: Judge, baseline: Baseline | None
) -> Analysis:
    """Put all that was heard together, or say why it was too little."""
    biomarkers = summarise(
        [heard.measures for heard in hearing.windows], hearing.segments, hearing.duration_s
    )
    usable = hearing.quality.verdict != "unusable" and bool(hearing.windows)
    said, absolute = views(hearing, biomarkers, model, baseline) if usable else (None, None)
    return Analysis(
        source=sound.info.source,
        status="ok" if usable else "unusable",
        reasons=(*hearing.quality.reasons, *(model_reasons(said.emotion) if said else ())),
        duration_s=hearing.duration_s,
        sha256=sound.sha256,
        recorded_at=sound.info.started_at,
        quality=hearing.quality,
        emotion=said.emotion if said else None,
        certainty=said.certainty if said else None,
        stress=said.stress if said else None,
        anxiety=said.anxiety if said else None,
        low_mood=said.low_mood if said else None,
        biomarkers=biomarkers,
        segments=tuple(timeline(hearing.windows, Doubt(**model.card.doubt))) if usable else (),
        model=model.id,
        versions=versions(),
        absolute=absolute,
        baseline_memos=baseline.memos if baseline else None,
    )


def views(
    hearing: Hearing, biomarkers: Biomarkers, model: Judge, baseline: Baseline | None
) -> tuple[View, View | None]:
    """What is said, and the absolute view beside it where a baseline is given."""
    durations_s = [heard.segment.duration_s for heard in hearing.windows]
    distance = mean_distance([heard.judged for heard in hearing.windows], durations_s)
    grounds = Grounds(durations_s, biomarkers, hearing.quality, distance)
    said = view_of([heard.emotion for heard in hearing.windows], grounds, model.card)
    if baseline is None:
        return said, None
    return said, view_of([heard.judged.emotion for heard in hearing.windows], grounds, model.card)


def model_reasons(emotion: Emotion) -> tuple[str, ...]:
    """What a person has to know of a model that was not calibrated."""
    if emotion.calibrated:
        return ()
    name = emotion.model.name
    return (f"the model '{name}' is not calibrated: its figures are no confidence",)


def mean_distance(judged: Sequence[Judged], durations_s: Sequence[float]) -> float | None:
    """How far the memo lies from all that the model was trained on; None when it does not tell."""
    told = [
        (one.distance, duration_s)
        for one, duration_s in zip(judged, durations_s, strict=True)
        if one.distance is not None
    ]
    total_s = sum(duration_s for _, duration_s in told)
    return sum(distance * d for distance, d in told) / total_s if told else None


def timeline(windows: Sequence[Heard], doubt: Doubt) -> Iterator[SegmentAnalysis]:
    """Emotion and stress, window by window."""
    for heard in windows:
        stress = stress_of(heard.emotion, [heard.segment.duration_s], doubt).value
        yield SegmentAnalysis(heard.segment, heard.emotion.probabilities, stress)


def versions() -> dict[str, str]:
    """What made these numbers: with the same versions the same input gives the same numbers."""
    return {
        "sottovoce": __version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": version("numpy"),
        "onnxruntime": version("onnxruntime"),
        "av": version("av"),
    }
