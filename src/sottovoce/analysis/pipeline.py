"""How a memo becomes an Analysis: open this file second, after ``domain.py``.

Sound arrives in blocks and is never held whole, so that ten hours pass in the memory of one.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from sottovoce import __version__
from sottovoce.analysis.dimensions import stress_of
from sottovoce.analysis.in_order import in_order
from sottovoce.analysis.markers import ANXIETY, LOW_MOOD, marker_index
from sottovoce.analysis.stress import Doubt
from sottovoce.audio.decode import Decoder, DecodeStream, Source
from sottovoce.audio.quality import QualityMeter
from sottovoce.config import read_settings
from sottovoce.domain import (
    Analysis,
    Descriptors,
    Emotion,
    FloatArray,
    Quality,
    Segment,
    SegmentAnalysis,
    Window,
)
from sottovoce.errors import ModelError
from sottovoce.features.biomarkers import Measures, measure, summarise
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functional_digest, functionals
from sottovoce.features.net_input import net_input
from sottovoce.models.card import FUNCTIONALS, SPEECH, Card
from sottovoce.models.emotion import EmotionModel, merge_emotions
from sottovoce.models.judge import Images, Judge
from sottovoce.models.registry import DEFAULT_MODEL, find_model
from sottovoce.models.speech_model import SpeechModel
from sottovoce.speech import SpeechStream


@dataclass(frozen=True, slots=True)
class Heard:
    """One window, heard: its place, what the model said, what was measured."""

    segment: Segment
    emotion: Emotion
    measures: Measures


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything heard in one stream of sound, before it is concluded."""

    windows: Sequence[Heard]
    segments: Sequence[Segment]
    quality: Quality
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class WindowView:
    """One window, as models may want to see it: the sound, functionals, images."""

    samples: FloatArray
    described: Descriptors

    def functionals(self) -> FloatArray:
        """Functionals of the descriptors."""
        return functionals(self.described)

    def images(self) -> Images:
        """Mel image and correlogram."""
        return net_input(self.samples)


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


def analyze(
    source: Source,
    *,
    model: Judge | None = None,
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
    with (
        nullcontext(decoder) if decoder else Decoder() as running,
        running.stream(source, name) as sound,
    ):
        hearing = listen(sound.blocks(), model, threads)
        return conclude(hearing, sound, model, time.perf_counter() - started_s)


def listen(blocks: Iterable[FloatArray], model: Judge, threads: int = 1) -> Hearing:
    """Hear a stream of sound, window by window, in bounded memory."""
    meter, speech = QualityMeter(), SpeechStream()
    windows = windows_of(blocks, meter, speech)
    heard = list(in_order(partial(hear, model=model), windows, threads))
    return Hearing(heard, speech.segments, meter.finish(speech.segments), speech.duration_s)


def windows_of(
    blocks: Iterable[FloatArray], meter: QualityMeter, speech: SpeechStream
) -> Iterator[Window]:
    """The windows of a stream, each as soon as it is certain."""
    for block in blocks:
        meter.push(block)
        yield from speech.push(block)
    yield from speech.finish()


def hear(window: Window, model: Judge) -> Heard:
    """Describe one window and let the model judge it."""
    described = describe(window.samples)
    emotion = model.judge(WindowView(window.samples, described))
    return Heard(window.segment, emotion, measure(described))


def conclude(hearing: Hearing, sound: DecodeStream, model: Judge, elapsed_s: float) -> Analysis:
    """Put all that was heard together, or say why it was too little."""
    durations_s = [heard.segment.duration_s for heard in hearing.windows]
    biomarkers = summarise(
        [heard.measures for heard in hearing.windows], hearing.segments, hearing.duration_s
    )
    usable = hearing.quality.verdict != "unusable" and bool(hearing.windows)
    emotion = merge_emotions([h.emotion for h in hearing.windows], durations_s) if usable else None
    doubt = Doubt(**model.card.doubt)
    shares = emotion.probabilities if emotion else {}
    return Analysis(
        source=sound.info.source,
        status="ok" if usable else "unusable",
        reasons=(*hearing.quality.reasons, *model_reasons(model, emotion)),
        duration_s=hearing.duration_s,
        sha256=sound.sha256,
        recorded_at=sound.info.started_at,
        quality=hearing.quality,
        emotion=emotion,
        stress=stress_of(emotion, durations_s, doubt) if emotion else None,
        anxiety=marker_index(ANXIETY, shares, biomarkers, doubt) if usable else None,
        low_mood=marker_index(LOW_MOOD, shares, biomarkers, doubt) if usable else None,
        biomarkers=biomarkers,
        segments=tuple(timeline(hearing.windows, doubt)) if usable else (),
        model=model.id,
        versions=versions(),
        elapsed_s=elapsed_s,
    )


def model_reasons(model: Judge, emotion: Emotion | None) -> tuple[str, ...]:
    """What a person has to know of a model that was not calibrated."""
    if emotion is None or emotion.calibrated:
        return ()
    return (f"the model '{model.id.name}' is not calibrated: its figures are no confidence",)


def timeline(windows: Sequence[Heard], doubt: Doubt) -> Iterable[SegmentAnalysis]:
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
