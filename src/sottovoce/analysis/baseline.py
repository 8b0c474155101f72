"""A voice's own normal, learnt from a person's earlier memos; nobody has to label them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.audio.decode import Decoder, Source
from sottovoce.domain import Baseline, FloatArray, Window
from sottovoce.errors import SottovoceError
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functionals
from sottovoce.features.net_input import net_input
from sottovoce.models.emotion import EmotionModel
from sottovoce.speech import SpeechStream


class NoBaselineError(SottovoceError):
    """There is nothing to learn a voice's normal from."""

    type = "no_baseline"


@dataclass(frozen=True, slots=True, eq=False)
class MemoNormal:
    """One memo's part in a baseline: means over its windows.

    ``mean`` and ``square`` float64 [n], of the functionals and of their squares; ``embedding``
    float64 [e]. No sound can be made from them.
    """

    mean: np.ndarray
    square: np.ndarray
    embedding: np.ndarray


def learn_baseline(
    sources: Iterable[Source],
    model: EmotionModel,
    decoder: Decoder,
    on_trouble: Callable[[SottovoceError], object] | None = None,
) -> Baseline:
    """The normal of the voice that speaks in all these memos.

    Parameters
    ----------
    sources
        Memos of one person, unlabelled, the more the better; those without speech are passed over.
    model
        The model that will use it.
    decoder
        A running decoder.
    on_trouble
        Told of each memo that cannot be read, which is then passed over; None raises instead.

    Raises
    ------
    NoBaselineError
        Speech was found in none of them.

    Examples
    --------
    >>> from sottovoce.analysis.pipeline import load_model
    >>> from sottovoce.runtime import ASSETS
    >>> with Decoder() as decoder:
    ...     learn_baseline([ASSETS / "samples" / "even.ogg"], load_model(), decoder).memos
    1
    """
    memos = []
    for source in sources:
        try:
            memo = normal_of(source, model, decoder)
        except SottovoceError as trouble:
            if on_trouble is None:
                raise
            on_trouble(trouble)
        else:
            memos += [memo] if memo else []
    return baseline_of(memos, model)


def normal_of(source: Source, model: EmotionModel, decoder: Decoder) -> MemoNormal | None:
    """What one memo adds to its speaker's baseline; None when no speech is found in it.

    Raises
    ------
    InputError
        The source could not be read as audio.
    """
    count, sums = 0, MemoNormal(*(np.zeros(1) for _ in range(3)))
    for vector, embedding in _heard(source, model, decoder):
        exact, count = vector.astype(np.float64), count + 1
        sums = MemoNormal(
            sums.mean + exact, sums.square + exact * exact, sums.embedding + embedding
        )
    if not count:
        return None
    return MemoNormal(sums.mean / count, sums.square / count, sums.embedding / count)


def baseline_of(memos: Sequence[MemoNormal], model: EmotionModel) -> Baseline:
    """The baseline that some memos make; each weighs the same, however long it is.

    Raises
    ------
    NoBaselineError
        There is no memo.
    """
    if not memos:
        raise NoBaselineError("a baseline needs at least one memo in which speech is found")
    mean, square, embedding = (
        np.mean([getattr(memo, name) for memo in memos], axis=0)
        for name in ("mean", "square", "embedding")
    )
    deviation = np.sqrt(np.maximum(square - mean * mean, 0.0))
    return Baseline(
        memos=len(memos),
        model=model.id,
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
        embedding=embedding.astype(np.float32),
    )


def _heard(
    source: Source, model: EmotionModel, decoder: Decoder
) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Functionals and embedding of each window."""
    speech = SpeechStream()
    with decoder.stream(source) as sound:
        for block in sound.blocks():
            yield from (_described(window, model) for window in speech.push(block))
    yield from (_described(window, model) for window in speech.finish())


def _described(window: Window, model: EmotionModel) -> tuple[FloatArray, FloatArray]:
    vector = functionals(describe(window.samples))
    judged = model.judge(vector, net_input(window.samples) if model.sees_images else None)
    return vector, np.zeros(0, np.float32) if judged.embedding is None else judged.embedding
