"""Is it going up or down: levels by day and week with gaps as gaps, and a slope with its doubt.

The slope is Theil's (1950) median of all pairwise slopes with Sen's (1968) interval, between blocks
of three to seven days: inside a block days lean on each other, between blocks hardly. A change
smaller than your own repeatability, or whose interval holds none, is "about the same".
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from sottovoce.insights.days import DAYS_A_WEEK, EPOCH_WEEKDAY, weeks
from sottovoce.insights.memory import between_blocks
from sottovoce.insights.readings import Daily, Readings, daily
from sottovoce.insights.repeatability import detectable_change
from sottovoce.insights.robust import Values, normal_quantile
from sottovoce.insights.scales import from_working, in_unit
from sottovoce.insights.usual import RECENT_DAYS, UPPER_TAIL, Interval, learn_usual

Verdict = Literal["rising", "falling", "about the same"]

LEAST_BLOCKS = 6
BLOCKS_WANTED = 10
SHORTEST_BLOCK_DAYS = 3
WEEK_LEAST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Level:
    """A day or a week: its first day, level in the measure's unit (None in a gap), and counts."""

    first_day: int
    value: float | None
    n_days: int
    n_entries: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through a span of days.

    ``slope_per_week`` and its 90 % ``interval`` are in the measure's unit a week;
    ``change`` is that over the span. ``detectable`` is the smallest change between two weeks that
    your own repeatability lets through. ``n_blocks`` blocks of ``block_days`` days were compared.
    """

    measure: str
    first_day: int
    last_day: int
    n_days: int
    n_entries: int
    n_blocks: int
    block_days: int
    slope_per_week: float
    interval: Interval
    detectable: float
    verdict: Verdict

    @property
    def change(self) -> float:
        """What the slope adds up to from the first day to the last, in the measure's unit."""
        return self.slope_per_week * (self.last_day - self.first_day) / DAYS_A_WEEK


def by_day(series: Daily, first: int, last: int) -> tuple[Level, ...]:
    """Each day from ``first`` to ``last``, those without entries as gaps.

    >>> two = Daily("loudness_dbfs", np.array([4, 6]), np.array([-20.0, -21.0]), np.array([1, 2]))
    >>> [level.value for level in by_day(two, 4, 6)]
    [-20.0, None, -21.0]
    """
    part = series.between(first, last)
    values = in_unit(series.measure, part.values).tolist()
    rows = zip(part.days.tolist(), values, part.counts.tolist(), strict=True)
    known = {day: Level(day, value, 1, n) for day, value, n in rows}
    return tuple(known.get(day) or Level(day, None, 0, 0) for day in range(first, last + 1))


def by_week(series: Daily, first: int, last: int) -> tuple[Level, ...]:
    """Each week, Monday to Sunday; one with fewer than three days of entries is a gap."""
    part = series.between(first, last)
    begin, end = (int(week) for week in weeks(np.array([first, last])))
    edges = np.searchsorted(weeks(part.days), np.arange(begin, end + 2)).tolist()
    return tuple(
        _week(part, slice(edges[week - begin], edges[week - begin + 1]), week)
        for week in range(begin, end + 1)
    )


def _week(part: Daily, mine: slice, week: int) -> Level:
    monday = week * DAYS_A_WEEK - EPOCH_WEEKDAY
    values, n_entries = part.values[mine], int(part.counts[mine].sum())
    if len(values) < WEEK_LEAST_DAYS:
        return Level(monday, None, len(values), n_entries)
    value = from_working(part.measure, float(values.mean()))
    return Level(monday, value, len(values), n_entries)


def find_trend(readings: Readings, first: int, last: int) -> Trend | None:
    """The trend from day ``first`` to ``last``; None with fewer than six blocks of days.

    Parameters
    ----------
    readings
        A measure of many entries.
    first, last
        Local days since 1970-01-01, both included.

    Examples
    --------
    >>> days = np.arange(56)
    >>> rising = Readings("loudness_dbfs", days, days % 24, -30.0 + days / 7 + days % 2)
    >>> trend = find_trend(rising, 0, 55)
    >>> round(trend.slope_per_week, 2), trend.verdict
    (1.0, 'rising')
    """
    series = daily(readings.between(first, last))
    lately = slice(-RECENT_DAYS, None)
    usual = learn_usual(
        Daily(series.measure, series.days[lately], series.values[lately], series.counts[lately])
    )
    if usual is None:
        return None
    width = block_width(int(series.days[-1] - series.days[0]) + 1)
    times, levels = blocks(series, width)
    if len(times) < LEAST_BLOCKS:
        return None
    slope, interval = theil_sen(times, levels, between_blocks(usual.inflation, width))
    weekly = Interval(interval.low * DAYS_A_WEEK, interval.high * DAYS_A_WEEK)
    detectable = detectable_change(usual, max(1, round(len(series) * DAYS_A_WEEK / _span(series))))
    change = slope * float(series.days[-1] - series.days[0])
    return Trend(
        measure=series.measure,
        first_day=int(series.days[0]),
        last_day=int(series.days[-1]),
        n_days=len(series),
        n_entries=int(series.counts.sum()),
        n_blocks=len(times),
        block_days=width,
        slope_per_week=slope * DAYS_A_WEEK,
        interval=weekly,
        detectable=detectable,
        verdict=judged(change, weekly, detectable),
    )


def _span(series: Daily) -> int:
    return int(series.days[-1] - series.days[0]) + 1


def block_width(span_days: int) -> int:
    """Days in a block: a week where the span gives ten of them, never less than three days.

    >>> block_width(28), block_width(84)
    (3, 7)
    """
    return min(DAYS_A_WEEK, max(SHORTEST_BLOCK_DAYS, span_days // BLOCKS_WANTED))


def blocks(series: Daily, width: int) -> tuple[Values, Values]:
    """Mean time and mean level, in the measure's unit, of each block that has a day."""
    of = (series.days - series.days[0]) // width
    _, first, counts = np.unique(of, return_index=True, return_counts=True)
    times = np.add.reduceat(series.days.astype(np.float64), first) / counts
    return times, np.add.reduceat(in_unit(series.measure, series.values), first) / counts


def theil_sen(times: Values, levels: Values, inflation: float = 1.0) -> tuple[float, Interval]:
    """Median of all pairwise slopes (Theil 1950) and Sen's 90 % interval (Sen 1968), per day.

    The interval's ends are the slopes whose ranks lie ``1.645`` standard deviations of Kendall's
    score from the middle, interpolated between neighbours; the variance of the score is taken
    ``inflation`` times larger where the levels lean on each other (Hamed & Rao 1998).

    >>> slope, interval = theil_sen(np.arange(10.0), 2.0 * np.arange(10.0))
    >>> slope, interval.low, interval.high
    (2.0, 2.0, 2.0)
    """
    left, right = np.triu_indices(len(times), 1)
    slopes = np.sort((levels[right] - levels[left]) / (times[right] - times[left]))
    n, pairs = len(times), len(slopes)
    score_variance = inflation * n * (n - 1) * (2 * n + 5) / 18.0
    half = normal_quantile(UPPER_TAIL) * sqrt(score_variance) / 2.0
    middle = (pairs - 1) / 2.0
    low, high = np.interp((middle - half, middle + half), np.arange(pairs), slopes)
    return float(np.median(slopes)), Interval(float(low), float(high))


def judged(change: float, slope: Interval, detectable: float) -> Verdict:
    """The verdict on a change over the span, given the slope's interval.

    >>> judged(0.2, Interval(0.01, 0.03), detectable=0.1)
    'rising'
    >>> judged(0.05, Interval(0.01, 0.03), detectable=0.1)
    'about the same'
    """
    if slope.low <= 0.0 <= slope.high or abs(change) < detectable:
        return "about the same"
    return "rising" if change > 0.0 else "falling"
