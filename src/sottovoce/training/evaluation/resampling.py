"""Bootstrap of recalls in one matrix product: quick enough for every bar of the report.

The draws are those of :func:`sottovoce.training.intervals.speaker_interval`.
"""

from collections.abc import Sequence

import numpy as np

from sottovoce.training.intervals import DRAWS, LEVEL, Interval
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Float64Array, Predictions

SEED = 0


def recall_interval(
    said: Predictions, units: Sequence[str] | None = None, draws: int = DRAWS
) -> Interval:
    """UA at 95 %.

    Parameters
    ----------
    said
        Predictions.
    units
        What is drawn, one name a clip; its speakers when None.
    draws
        How many times.
    """
    drawn = recall_draws(said, said.speakers if units is None else units, draws)
    return interval_of(unweighted_recall(said), drawn)


def recall_drop(clean: Predictions, changed: Predictions, draws: int = DRAWS) -> Interval:
    """How far UA falls, at 95 %, when the same clips are changed: both draw the same speakers."""
    lost = recall_draws(clean, clean.speakers, draws) - recall_draws(
        changed, changed.speakers, draws
    )
    return interval_of(unweighted_recall(clean) - unweighted_recall(changed), lost)


def share_interval(hits: Float64Array, speakers: Sequence[str], draws: int = DRAWS) -> Interval:
    """The mean of one number a clip, at 95 % over speakers.

    >>> share_interval(np.array([1.0, 0.0]), ["a", "b"], draws=50).value
    0.5
    """
    names, of_clip = np.unique(np.array(speakers), return_inverse=True)
    times = drawn_times(len(names), draws)
    sums, clips = np.bincount(of_clip, hits), np.bincount(of_clip)
    return interval_of(float(hits.mean()), (times @ sums) / (times @ clips))


def recall_draws(said: Predictions, units: Sequence[str], draws: int) -> Float64Array:
    """UA of each draw of whole units with replacement, float64 [draws]."""
    names, of_clip = np.unique(np.array(units), return_inverse=True)
    clips = np.zeros((len(names), len(said.labels)))
    hits = np.zeros_like(clips)
    np.add.at(clips, (of_clip, said.truth), 1.0)
    np.add.at(hits, (of_clip, said.truth), said.correct)
    times = drawn_times(len(names), draws)
    met, right = times @ clips, times @ hits
    recalls = np.divide(right, met, out=np.full_like(met, np.nan), where=met > 0)
    means: Float64Array = np.nanmean(recalls, axis=1)
    return means


def drawn_times(units: int, draws: int) -> Float64Array:
    """How often each unit is in each draw, float64 [draws, units]; each row sums to ``units``.

    >>> drawn_times(3, 2).sum(axis=1).tolist()
    [3.0, 3.0]
    """
    drawn = np.random.default_rng(SEED).integers(units, size=(draws, units))
    return np.array([np.bincount(row, minlength=units) for row in drawn], dtype=np.float64)


def interval_of(value: float, drawn: Float64Array) -> Interval:
    """The percentiles of what was drawn around a figure."""
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(value), float(low), float(high), LEVEL)
