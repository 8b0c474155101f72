"""How far a figure would move with other speakers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sottovoce.training.predictions import Predictions

DRAWS = 1000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the range it falls in with other speakers, at ``level``."""

    value: float
    low: float
    high: float
    level: float


def speaker_interval(
    said: Predictions,
    figure: Callable[[Predictions], float],
    draws: int = DRAWS,
    seed: int = 0,
) -> Interval:
    """Percentile bootstrap over speakers at 95 %.

    Clips of one speaker go together, so whole speakers are drawn with replacement (the cluster
    bootstrap: Field & Welsh, 2007; percentiles: Efron & Tibshirani, 1993).

    Parameters
    ----------
    said
        Predictions; at least two speakers, or the interval is a point.
    figure
        For instance :func:`~sottovoce.training.metrics.unweighted_recall`.
    draws, seed
        How many times to draw, and which.

    Examples
    --------
    >>> said = Predictions(("happy", "sad"), np.array([0, 1]), np.array([[0.9, 0.1], [0.1, 0.9]]),
    ...                    ("a", "b"), (None, None))
    >>> speaker_interval(said, lambda some: float(some.correct.mean()), draws=10).low
    1.0
    """
    speakers = np.array(said.speakers)
    clips_of = [np.flatnonzero(speakers == name) for name in np.unique(speakers)]
    random = np.random.default_rng(seed)
    drawn = random.integers(len(clips_of), size=(draws, len(clips_of)))
    figures = [figure(said.take(np.concatenate([clips_of[n] for n in row]))) for row in drawn]
    low, high = np.quantile(figures, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(value=figure(said), low=float(low), high=float(high), level=LEVEL)
