"""Does it differ by weekday and hour: a table with its counts, and whether chance would do as much.

Five ways of looking are answered by one test that pays for all of them (see
:mod:`~sottovoce.insights.flips`): 7 weekdays, the weekend, 6 parts of the day, 42 parts of
weekdays, 168 hours of the week; the few broad ones pay less than the many narrow ones. A cell is
shown from one entry on; what has fewer than three counts as if the others were usual.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sottovoce.insights.days import (
    DAY_START_H,
    DAYS_A_WEEK,
    HOURS_A_DAY,
    IntArray,
    weekdays,
)
from sottovoce.insights.flips import (
    Looks,
    Members,
    chance_signs,
    joint_chances,
    laid,
    look,
    look_shuffled,
    shuffled_weekdays,
)
from sottovoce.insights.groups import Judged, contrast, recent_span, scores_of
from sottovoce.insights.readings import Readings, daily
from sottovoce.insights.robust import Values, normal_scores
from sottovoce.insights.scales import from_working, to_working

Kind = Literal["weekday", "weekend", "part of day", "part of weekday", "hour of weekday"]

PART_H = 4
PARTS_A_DAY = HOURS_A_DAY // PART_H
LEAST_CELL_DAYS = 3
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of the week: weekday 0 Monday to 6, hour 0..23, its level in the measure's unit."""

    weekday: int
    hour: int
    value: float
    n_entries: int
    n_days: int


@dataclass(frozen=True, slots=True)
class Finding(Judged):
    """What stands out most in one way of looking.

    ``difference`` is between the group and all other entries, in the measure's unit. ``chance``
    (0..1] is how often a journal without any pattern would show one as strong after all the
    looking; ``found`` when it is at most 5 %. ``weekday`` and ``hour`` (the first of the part) are
    None where the way of looking knows none (the weekend, Saturday and Sunday, knows neither).
    """

    kind: Kind
    weekday: int | None
    hour: int | None
    difference: float
    n_entries: int
    n_days: int
    chance: float


@dataclass(frozen=True, slots=True)
class Patterns:
    """The table of cells that have entries and the four answers, over a span of days."""

    measure: str
    n_days: int
    n_entries: int
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """A way of looking: the group of each slot of each weekday, over values, days and slots."""

    kind: Kind
    groups: IntArray
    values: Values
    days: IntArray
    slots: IntArray
    weight: float

    @property
    def labels(self) -> IntArray:
        """The group of each value, int64 [n]; -1 for none."""
        found: IntArray = self.groups[weekdays(self.days), self.slots]
        return found

    @property
    def of_weekdays(self) -> bool:
        """Whether weekdays are told apart."""
        return self.kind != "part of day"

    @property
    def largest(self) -> bool:
        """Whether one cell among many is sought, not a difference among all."""
        return int(self.groups.max()) >= DAYS_A_WEEK


def find_patterns(
    readings: Readings, today: int, day_start_h: int = DAY_START_H
) -> Patterns | None:
    """Patterns of the last twelve weeks; None with entries on fewer than 28 days.

    Parameters
    ----------
    readings
        A measure of many entries; what lies after ``today`` is not looked at.
    today
        The local day it is, since 1970-01-01.
    day_start_h
        The hour at which a day, and its first part, starts.

    Examples
    --------
    >>> days = np.arange(70)
    >>> values = np.where(days % 7 == 4, -15.0, -20.0) + days % 3
    >>> patterns = find_patterns(Readings("loudness_dbfs", days, np.full(70, 9), values), 69)
    >>> found = patterns.findings[0]
    >>> found.kind, found.weekday, found.found, found.n_days
    ('weekday', 0, True, 10)
    """
    span = recent_span(readings, today)
    if span is None:
        return None
    ways = _ways(span, day_start_h)
    signs, lies = chance_signs(span.days), laid(span.days, shuffled_weekdays(span.days))
    looks = [_looked(way, signs, lies) for way in ways]
    pairs = list(zip(ways, looks, strict=True))
    observed = np.array([float(_statistic(way, one.observed)) for way, one in pairs])
    drawn = np.stack([_statistic(way, one.drawn) for way, one in pairs], axis=1)
    chances = joint_chances(observed, drawn, np.array([way.weight for way in ways]))
    return Patterns(
        measure=span.measure,
        n_days=len(np.unique(span.days)),
        n_entries=len(span),
        cells=_cells(span),
        findings=tuple(
            _finding(span, way, one.observed, float(chance), day_start_h)
            for (way, one), chance in zip(pairs, chances, strict=True)
        ),
    )


def _ways(span: Readings, day_start_h: int) -> tuple[_Way, ...]:
    series = daily(span)
    part = (span.hours - day_start_h) % HOURS_A_DAY // PART_H
    scores = scores_of(span)
    by_day = (normal_scores(series.values), series.days, np.zeros(len(series), np.int64))
    by_part, by_hour = (scores, span.days, part), (scores, span.days, span.hours)
    each_day = np.arange(DAYS_A_WEEK)[:, None]
    weekend = np.where(each_day >= SATURDAY, 0, -1)
    parts = np.tile(np.arange(PARTS_A_DAY), (DAYS_A_WEEK, 1))
    return (
        _Way("weekday", each_day, *by_day, weight=1.0),
        _Way("weekend", weekend, *by_day, weight=0.5),
        _Way("part of day", parts, *by_part, weight=0.5),
        _Way("part of weekday", each_day * PARTS_A_DAY + parts, *by_part, weight=0.25),
        _Way("hour of weekday", np.arange(168).reshape(DAYS_A_WEEK, -1), *by_hour, weight=0.25),
    )


def _looked(way: _Way, signs: Values, lies: Values) -> Looks:
    if way.of_weekdays:
        return look_shuffled(way.values, way.days, way.slots, way.groups, lies)
    members: Members = way.labels[:, None] == np.arange(PARTS_A_DAY)
    return look(way.values, way.days, members, signs)


def _statistic(way: _Way, looks: Values) -> Values:
    """The largest difference where one cell is sought, else the sum of all their squares."""
    one: Values = np.abs(looks).max(axis=-1) if way.largest else np.square(looks).sum(axis=-1)
    return one


def _finding(
    span: Readings, way: _Way, observed: Values, chance: float, day_start_h: int
) -> Finding:
    group = int(np.argmax(np.abs(observed)))
    mine = way.labels == group
    if way.kind in ("weekday", "weekend"):
        mine = np.isin(span.days, way.days[mine])
    weekday, hour = _named(way.kind, group, day_start_h)
    return Finding(
        kind=way.kind,
        weekday=weekday,
        hour=hour,
        **contrast(span, mine),
        chance=chance,
    )


def _named(kind: Kind, group: int, day_start_h: int) -> tuple[int | None, int | None]:
    if kind in ("weekday", "weekend"):
        return (group if kind == "weekday" else None), None
    if kind == "hour of weekday":
        return group // HOURS_A_DAY, group % HOURS_A_DAY
    weekday, part = divmod(group, PARTS_A_DAY)
    hour = (day_start_h + PART_H * part) % HOURS_A_DAY
    return (weekday if kind == "part of weekday" else None), hour


def _cells(span: Readings) -> tuple[Cell, ...]:
    labels = weekdays(span.days) * HOURS_A_DAY + span.hours
    working = to_working(span.measure, span.values)
    groups, of = np.unique(labels, return_inverse=True)
    n = np.bincount(of)
    means = np.bincount(of, weights=working) / n
    n_days = np.bincount(np.unique(np.stack([of, span.days]), axis=1)[0])
    return tuple(
        Cell(group // HOURS_A_DAY, group % HOURS_A_DAY, from_working(span.measure, mean), k, d)
        for group, mean, k, d in zip(
            groups.tolist(), means.tolist(), n.tolist(), n_days.tolist(), strict=True
        )
    )
