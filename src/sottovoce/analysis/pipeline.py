"""How a memo becomes an Analysis: open this file second, after ``domain.py``.

Sound arrives in blocks and is never held whole, so that ten hours pass in the memory of one.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace

from sottovoce.analysis.conclusion import Origin, conclude
from sottovoce.analysis.listening import listen
from sottovoce.audio.decode import Decoder, Source
from sottovoce.config import read_settings
from sottovoce.domain import Analysis, Baseline
from sottovoce.errors import ModelError
from sottovoce.features.functionals import functional_digest
from sottovoce.models.card import FUNCTIONALS, SPEECH, Card
from sottovoce.models.emotion import EmotionModel
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
        origin = Origin(sound.info.source, sound.sha256, sound.info.started_at)
        analysis = conclude(hearing, origin, model, baseline)
    return replace(analysis, elapsed_s=time.perf_counter() - started_s)
