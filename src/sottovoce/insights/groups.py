"""A group of entries against the rest of its weeks: what patterns and tags have in common."""

from typing import TypedDict

import numpy as np

from sottovoce.insights.flips import Members
from sottovoce.insights.readings import Readings
from sottovoce.insights.robust import Values, normal_scores
from sottovoce.insights.scales import from_working, to_working

SPAN_DAYS = 84
LEAST_DAYS = 28
LARGEST_CHANCE = 0.05


class Judged:
    """What chance may show as well: ``chance`` (0..1] says how often it does."""

    __slots__ = ()
    chance: float

    @property
    def found(self) -> bool:
        """Whether chance is an unlikely reason: 5 % or less."""
        return self.chance <= LARGEST_CHANCE


class Contrast(TypedDict):
    """A group against all others: the difference in the measure's unit, and how many there are."""

    difference: float
    n_entries: int
    n_days: int


def recent_span(readings: Readings, today: int) -> Readings | None:
    """The last twelve weeks; None with entries on fewer than 28 days."""
    span = readings.between(today - SPAN_DAYS + 1, today)
    return span if len(np.unique(span.days)) >= LEAST_DAYS else None


def scores_of(span: Readings) -> Values:
    """The values as normal scores of their ranks, float64 [n]."""
    return normal_scores(to_working(span.measure, span.values))


def contrast(span: Readings, mine: Members) -> Contrast:
    """The entries that are ``mine``, bool [n], against the others; 0.0 where either are none."""
    return {
        "difference": _difference(span, mine),
        "n_entries": int(mine.sum()),
        "n_days": len(np.unique(span.days[mine])),
    }


def _difference(span: Readings, mine: Members) -> float:
    working = to_working(span.measure, span.values)
    if mine.all() or not mine.any():
        return 0.0
    inside, outside = (float(working[part].mean()) for part in (mine, ~mine))
    return from_working(span.measure, inside) - from_working(span.measure, outside)
