"""What windows are to a fitted model, and what some of one person's windows have in common."""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.predictions import IntArray


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

    ``mean`` and ``deviation`` float32 [n], of the functionals; ``embedding`` float32 [e].
    """

    memos: int
    mean: FloatArray
    deviation: FloatArray
    embedding: FloatArray


def voice_of(sensed: Sensed, memo_of: IntArray) -> Voice:
    """The normal of a voice from its windows; ``memo_of`` int [windows] tells the recording.

    >>> sensed = Sensed(np.float32([[0], [2], [5]]), np.zeros((3, 0), np.float32))
    >>> voice = voice_of(sensed, np.array([0, 0, 1]))
    >>> voice.memos, voice.mean.tolist(), voice.deviation.tolist()
    (2, [3.0], [2.1213202476501465])
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
    )
