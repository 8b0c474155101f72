"""What windows are to a fitted model, and what some of one person's windows have in common."""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.predictions import Float64Array, IntArray

SHARE_MEMOS = 2.0


def own_share(memos: int) -> float:
    """How much the own view counts, 0..1, against the absolute one: half with two memos known.

    >>> own_share(0), own_share(2), own_share(18)
    (0.0, 0.5, 0.9)
    """
    return memos / (memos + SHARE_MEMOS)


@dataclass(frozen=True, slots=True, eq=False)
class Sensed:
    """Windows as a fitted model senses them.

    ``vectors`` float32 [windows, n], functionals; ``embeddings`` float32 [windows, e], of the
    network (e is 0 for a model without).
    """

    vectors: FloatArray
    embeddings: FloatArray

    def __len__(self) -> int:
        return len(self.vectors)

    def only(self, windows: IntArray) -> "Sensed":
        """Some of the windows."""
        return Sensed(self.vectors[windows], self.embeddings[windows])


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """A person's own normal from ``memos`` recordings, each of the same weight.

    ``mean`` and ``deviation`` float32 [n], of the functionals; ``embedding`` float32 [e];
    ``labels`` float32 [labels], how probable each was on the whole in the absolute view.
    """

    memos: int
    mean: FloatArray
    deviation: FloatArray
    embedding: FloatArray
    labels: FloatArray


def voice_of(sensed: Sensed, memo_of: IntArray, probabilities: Float64Array) -> Voice:
    """The normal of a voice from its windows.

    Parameters
    ----------
    sensed
        Windows of one voice.
    memo_of
        Which recording each is from, int [windows].
    probabilities
        What was said of each in the absolute view, float64 [windows, labels].

    Examples
    --------
    >>> sensed = Sensed(np.float32([[0], [2], [5]]), np.zeros((3, 0), np.float32))
    >>> voice = voice_of(sensed, np.array([0, 0, 1]), np.array([[1, 0], [1, 0], [0, 1]]))
    >>> voice.memos, voice.mean.tolist(), voice.labels.tolist()
    (2, [3.0], [0.5, 0.5])
    """
    _, position, windows = np.unique(memo_of, return_inverse=True, return_counts=True)
    weights = 1.0 / (windows[position] * len(windows))
    exact = sensed.vectors.astype(np.float64)
    mean = weights @ exact
    variance = np.maximum(weights @ (exact * exact) - mean * mean, 0.0)
    return Voice(
        memos=len(windows),
        mean=mean.astype(np.float32),
        deviation=np.sqrt(variance).astype(np.float32),
        embedding=(weights @ sensed.embeddings).astype(np.float32),
        labels=(weights @ probabilities).astype(np.float32),
    )
