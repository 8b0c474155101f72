"""What a model is worth when it may say "can't tell": accuracy against how often it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Predictions

STEPS = tuple(percent / 100 for percent in range(5, 101, 5))


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """The model answers only for its most confident clips.

    ``coverage`` is the share answered, ``threshold`` the least confidence among them, ``labels``
    how many of the labels still occur (``ua`` is the mean over those).
    """

    coverage: float
    threshold: float
    wa: float
    ua: float
    labels: int


def at_coverage(said: Predictions, coverage: float) -> CoveragePoint:
    """Keep the most confident share of the clips; the earlier of equally confident ones.

    Selective classification by the top probability (Geifman & El-Yaniv, 2017).

    Parameters
    ----------
    said
        Predictions over all clips.
    coverage
        Share to answer for, above 0 and up to 1; at least one clip is kept.

    Examples
    --------
    >>> said = Predictions(("happy", "sad"), np.array([0, 1]), np.array([[0.9, 0.1], [0.6, 0.4]]),
    ...                    ("a", "b"), (None, None))
    >>> at_coverage(said, 0.5).wa, at_coverage(said, 1.0).wa
    (1.0, 0.5)
    """
    kept_clips = max(1, round(coverage * len(said)))
    surest_first = np.argsort(-said.confidence, kind="stable")
    kept = said.take(np.sort(surest_first[:kept_clips]))
    return CoveragePoint(
        coverage=kept_clips / len(said),
        threshold=float(kept.confidence.min()),
        wa=float(kept.correct.mean()),
        ua=unweighted_recall(kept),
        labels=len(np.unique(kept.truth)),
    )


def coverage_curve(said: Predictions, steps: Sequence[float] = STEPS) -> tuple[CoveragePoint, ...]:
    """The points of the coverage curve, from the surest clips to all."""
    return tuple(at_coverage(said, step) for step in steps)
