"""What a model said about clips it was not trained on: the table every figure is drawn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.intp]
Float64Array = npt.NDArray[np.float64]

SUM_TOLERANCE = 1e-3  # of probabilities around 1: float32 models round


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Probabilities and truth of n clips over k labels.

    ``truth`` is int [n], positions in ``labels``; ``probabilities`` is float64 [n, k], each row
    summing to 1; ``speakers`` and ``sexes`` have one entry a clip (sex is None where not known).

    Examples
    --------
    >>> said = Predictions(("happy", "sad"), np.array([0, 1]), np.array([[0.9, 0.1], [0.6, 0.4]]),
    ...                    ("a", "b"), ("f", "m"))
    >>> said.predicted.tolist(), said.confidence.tolist(), said.correct.tolist()
    ([0, 0], [0.9, 0.6], [True, False])
    """

    labels: tuple[str, ...]
    truth: IntArray
    probabilities: Float64Array
    speakers: tuple[str, ...]
    sexes: tuple[str | None, ...]

    def __post_init__(self) -> None:
        clips, labels = self.probabilities.shape
        if not clips == len(self.truth) == len(self.speakers) == len(self.sexes):
            raise ValueError("truth, probabilities, speakers and sexes must be of the same clips")
        if labels != len(self.labels):
            raise ValueError(f"{labels} probabilities a clip for {len(self.labels)} labels")
        if not np.allclose(self.probabilities.sum(axis=1), 1.0, atol=SUM_TOLERANCE):
            raise ValueError("the probabilities of a clip must sum to 1")

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def predicted(self) -> IntArray:
        """The most probable label of each clip, int [n]."""
        top: IntArray = self.probabilities.argmax(axis=1)
        return top

    @property
    def confidence(self) -> Float64Array:
        """The probability of that label, float64 [n], 1/k..1."""
        top: Float64Array = self.probabilities.max(axis=1)
        return top

    @property
    def correct(self) -> npt.NDArray[np.bool_]:
        """Whether it is the true one, bool [n]."""
        right: npt.NDArray[np.bool_] = self.predicted == self.truth
        return right

    def take(self, positions: Sequence[int] | IntArray) -> "Predictions":
        """Some of the clips, repeated where a position is."""
        return Predictions(
            labels=self.labels,
            truth=self.truth[positions],
            probabilities=self.probabilities[positions],
            speakers=tuple(self.speakers[position] for position in positions),
            sexes=tuple(self.sexes[position] for position in positions),
        )


def pool(folds: Iterable[Predictions]) -> Predictions:
    """The predictions of several folds as one table; all have the same labels."""
    parts = tuple(folds)
    return Predictions(
        labels=parts[0].labels,
        truth=np.concatenate([part.truth for part in parts]),
        probabilities=np.concatenate([part.probabilities for part in parts]),
        speakers=tuple(speaker for part in parts for speaker in part.speakers),
        sexes=tuple(sex for part in parts for sex in part.sexes),
    )
