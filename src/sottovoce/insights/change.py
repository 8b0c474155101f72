"""Has my level shifted, since when, and how sure: one shift against none.

A Bayesian change point in closed form (Chernoff & Zacks 1964; Smith 1975). Each of the last 30 days
is tried as the day from which the level is another. The evidence for it is a Bayes factor: the
difference of the means after and before, against what days that lean on each other show by chance
(:mod:`~sottovoce.insights.memory`), with shifts of about one spread expected. Days are counted in
spreads and cut at three, so that no single day decides, and three days are the least that can.
Before looking, a shift somewhere in the 30 days and none have even odds: a stated convention.
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from sottovoce.insights.days import IntArray
from sottovoce.insights.readings import Daily
from sottovoce.insights.robust import Values, normal_quantile
from sottovoce.insights.scales import from_working
from sottovoce.insights.usual import UPPER_TAIL, Interval, Usual, learn_usual, recent_usual

SPAN_DAYS = 90
ONSET_DAYS = 30
LEAST_BEFORE = 14
LEAST_AFTER = 3
EXPECTED_SHIFT = 1.0
CUT = 3.0
TOLD_FROM = 0.42  # tuned with benchmarks/insights.py: few false ones, most true ones in ten days


@dataclass(frozen=True, slots=True)
class Change:
    """What is known of a shift of the level within the last 30 days.

    ``p_up`` and ``p_down`` (0..1) are the probabilities that the level has risen or fallen;
    ``since`` is the likeliest first day of the new level; ``since_low`` and ``since_high`` bound it
    with at least 90 %. ``before`` and ``after`` are the levels in the measure's unit; ``size`` is
    the shift in spreads with its 90 % interval, drawn towards none. ``n_before`` and ``n_after``
    count days.
    """

    measure: str
    p_up: float
    p_down: float
    since: int
    since_low: int
    since_high: int
    before: float
    after: float
    size: float
    size_interval: Interval
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True, eq=False)
class _Splits:
    """Every day that is tried: its number, the means on both sides, their doubt, the evidence."""

    days: IntArray
    before: Values
    after: Values
    n_before: IntArray
    variance: Values
    evidence: Values


def find_change(series: Daily, today: int) -> Change | None:
    """The likeliest shift of the last 30 days; None while the usual is learnt or days are too few.

    Parameters
    ----------
    series
        A measure by day; days after ``today`` are not looked at.
    today
        The local day it is, since 1970-01-01.

    Examples
    --------
    >>> days = np.arange(40)
    >>> values = np.where(days < 30, 0.0, 6.0) + days % 3
    >>> change = find_change(Daily("loudness_dbfs", days, values, np.ones(40, int)), today=39)
    >>> change.since, change.p_up > 0.99
    (30, True)
    """
    recent = series.between(today - SPAN_DAYS + 1, today)
    usual = recent_usual(series, today)
    if usual is None or len(recent) < LEAST_BEFORE + LEAST_AFTER:
        return None
    splits = _try_days(recent, usual, today)
    if not len(splits.days):
        return None
    first = _likeliest(splits, usual, len(recent))
    steady = learn_usual(_without(recent, usual, first)) or usual
    return _likeliest(_try_days(recent, steady, today), steady, len(recent))


def _without(recent: Daily, usual: Usual, change: Change) -> Daily:
    """The same days, less the shift as far as it is believed: a shift is no part of the spread."""
    believed = (change.p_up + change.p_down) * change.size * usual.spread
    values = np.where(recent.days >= change.since, recent.values - believed, recent.values)
    return replace(recent, values=values)


def _try_days(recent: Daily, usual: Usual, today: int) -> _Splits:
    scores = np.clip((recent.values - usual.centre) / usual.spread, -CUT, CUT)
    n, sums = len(scores), np.cumsum(scores)
    n_before = np.arange(1, n)
    tried = (n_before >= LEAST_BEFORE) & (n - n_before >= LEAST_AFTER)
    tried &= recent.days[1:] > today - ONSET_DAYS
    m, left, days = n_before[tried], sums[:-1][tried], recent.days[1:][tried]
    waited = np.diff(recent.days)[tried]
    before, after = left / m, (sums[-1] - left) / (n - m)
    variance = usual.inflation * (1.0 / m + 1.0 / (n - m))
    evidence = waited * bayes_factor(after - before, variance)
    return _Splits(days, before, after, m, variance, evidence)


def bayes_factor(difference: Values, variance: Values) -> Values:
    """Evidence of a shift drawn from N(0, 1) against none, given its estimate and its variance.

    >>> bayes_factor(np.array([0.0]), np.array([1.0])).round(3).tolist()
    [0.707]
    """
    expected = EXPECTED_SHIFT**2
    kept = variance / (variance + expected)
    exponent = 0.5 * difference**2 / variance * (1.0 - kept)
    return np.sqrt(kept) * np.exp(np.minimum(exponent, 500.0))


def _likeliest(splits: _Splits, usual: Usual, n: int) -> Change:
    rose = splits.after > splits.before
    up, down = (float(splits.evidence[side].sum()) / ONSET_DAYS for side in (rose, ~rose))
    best = int(np.argmax(splits.evidence))
    share = np.cumsum(splits.evidence) / splits.evidence.sum()
    edges = np.searchsorted(share, (1.0 - UPPER_TAIL, UPPER_TAIL))
    low, high = splits.days[np.minimum(edges, len(share) - 1)]
    size, interval = _shrunk(splits, usual)
    levels = (usual.centre + usual.spread * side[best] for side in (splits.before, splits.after))
    before, after = (from_working(usual.measure, float(level)) for level in levels)
    return Change(
        measure=usual.measure,
        p_up=up / (1.0 + up + down),
        p_down=down / (1.0 + up + down),
        since=int(splits.days[best]),
        since_low=int(low),
        since_high=int(high),
        before=before,
        after=after,
        size=size,
        size_interval=interval,
        n_before=int(splits.n_before[best]),
        n_after=n - int(splits.n_before[best]),
    )


def _shrunk(splits: _Splits, usual: Usual) -> tuple[float, Interval]:
    """Posterior mean and 90 % interval of the shift in spreads, over all days it may have begun.

    That the spread itself is only known so well widens the interval of a large shift.
    """
    kept = EXPECTED_SHIFT**2 / (EXPECTED_SHIFT**2 + splits.variance)
    sizes = kept * (splits.after - splits.before)
    share = splits.evidence / splits.evidence.sum()
    size = float(share @ sizes)
    variance = float(share @ (kept * splits.variance + (sizes - size) ** 2))
    half = normal_quantile(UPPER_TAIL) * sqrt(variance + size**2 / (2.0 * usual.degrees))
    return size, Interval(size - half, size + half)
