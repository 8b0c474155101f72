"""The truth loop: how well an index agrees with what you said of yourself.

Of all pairs of memos on different days with different self-reports, the share in which the index
points the same way: 0.5 is chance, 1 is always (concordance; Harrell et al. 1982). Its 90 %
interval leaves out three neighbouring days at a time (block jackknife: Künsch 1989), on the log
odds: days near each other are alike. An index that after enough reports does no better than chance
for you steps back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal

import numpy as np

from sottovoce.entries import Entry
from sottovoce.insights.days import DAY_START_H, IntArray, day_number, local_day
from sottovoce.insights.readings import heard
from sottovoce.insights.robust import Values, student_quantile
from sottovoce.insights.usual import UPPER_TAIL, Interval

Standing = Literal["too early", "agrees", "no better than chance"]

LEAST_REPORTS = 30
LEAST_DAYS = 14
BLOCK_DAYS = 3  # left out together
LEAST_REPORTED_DAYS = 3 * BLOCK_DAYS
CHANCE = 0.5
WIDEST_HALF = 0.12
MOST_REPORTS = 500  # only the latest: two people a year apart may not be the same


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """An index beside self-reports, in the order of days: all arrays have length n.

    ``values`` float64 in the index's unit; ``valences`` int64, 1 (very bad) to 7 (very good).
    """

    measure: str
    days: IntArray
    values: Values
    valences: IntArray


@dataclass(frozen=True, slots=True)
class Agreement:
    """How an index agrees with ``n_reports`` self-reports on ``n_days`` days.

    ``concordance`` and its 90 % ``interval`` are None before nine days, or where all said the same.
    ``standing`` says what follows; "no better than chance" means: show it last, with this reason.
    """

    measure: str
    n_reports: int
    n_days: int
    concordance: float | None
    interval: Interval | None
    standing: Standing


def reports_of(entries: Iterable[Entry], measure: str, day_start_h: int = DAY_START_H) -> Reports:
    """The usable entries with a self-report in which the measure was taken, the oldest first.

    >>> len(reports_of([], "stress").days)
    0
    """
    rows = sorted(
        (local_day(entry.recorded_at, day_start_h), value, entry.self_report.valence)
        for entry in heard(entries)
        if entry.self_report is not None and (value := entry.measure(measure)) is not None
    )
    return Reports(
        measure,
        np.array([day_number(day) for day, _, _ in rows], np.int64),
        np.array([value for _, value, _ in rows], np.float64),
        np.array([valence for _, _, valence in rows], np.int64),
    )


def find_agreement(reports: Reports) -> Agreement:
    """How well the index agrees with the latest 500 self-reports.

    >>> days = np.arange(40)
    >>> same_way = Reports("stress", days, 0.3 - 0.05 * (days % 5), 2 + days % 5)
    >>> agreement = find_agreement(same_way)
    >>> agreement.concordance, agreement.standing
    (1.0, 'agrees')
    """
    latest = slice(-MOST_REPORTS, None)
    days = reports.days[latest]
    n_days = len(np.unique(days))
    right, pairs = _by_block(days, reports.values[latest], reports.valences[latest])
    if n_days < LEAST_REPORTED_DAYS or pairs.sum() == 0.0:
        return Agreement(reports.measure, len(days), n_days, None, None, "too early")
    concordance = float(right.sum() / pairs.sum())
    interval = _jackknife(right, pairs)
    standing = _standing(len(days), n_days, interval)
    return Agreement(reports.measure, len(days), n_days, concordance, interval, standing)


def _by_block(days: IntArray, values: Values, valences: IntArray) -> tuple[Values, Values]:
    """Pairs that point the same way, and pairs at all, between each two blocks of days.

    float64 [blocks, blocks]; days short of a whole block join the last one.
    """
    worse = np.sign(valences[None, :] - valences[:, None])
    higher = np.sign(values[:, None] - values[None, :])
    counted = (worse != 0) & (days[:, None] != days[None, :])
    right = np.where(counted, (1.0 + worse * higher) / 2.0, 0.0)
    starts = np.unique(days, return_index=True)[1]
    first = starts[: max(1, len(starts) // BLOCK_DAYS) * BLOCK_DAYS : BLOCK_DAYS]
    if not len(first):
        return np.zeros((0, 0)), np.zeros((0, 0))
    return _block_sums(right, first), _block_sums(counted.astype(np.float64), first)


def _block_sums(table: Values, first: IntArray) -> Values:
    return np.add.reduceat(np.add.reduceat(table, first, axis=0), first, axis=1)


def _jackknife(right: Values, pairs: Values) -> Interval:
    """A 90 % interval of the concordance from leaving out each block, on the log odds."""
    n, total, counted = len(right), right.sum(), pairs.sum()
    left_out = _without_each(right) / np.maximum(_without_each(pairs), 1.0)
    odds = np.log(_inside(left_out, counted) / (1.0 - _inside(left_out, counted)))
    error = sqrt((n - 1) / n * float(np.sum((odds - odds.mean()) ** 2)))
    whole = float(_inside(np.array(total / counted), counted))
    half = student_quantile(UPPER_TAIL, n - 1) * error
    middle = log(whole / (1.0 - whole))
    return Interval(1.0 / (1.0 + exp(half - middle)), 1.0 / (1.0 + exp(-half - middle)))


def _without_each(between: Values) -> Values:
    """What is left of the whole table without each block's row and column, float64 [blocks]."""
    gone = 2.0 * between.sum(axis=1) - np.diag(between)
    return np.asarray(between.sum() - gone)


def _inside(share: Values, counted: float) -> Values:
    """Shares kept half a pair away from none and all, where odds have no end."""
    return np.clip(share, 0.5 / counted, 1.0 - 0.5 / counted)


def _standing(n_reports: int, n_days: int, interval: Interval) -> Standing:
    if interval.low > CHANCE:
        return "agrees" if n_reports >= LEAST_REPORTS and n_days >= LEAST_DAYS else "too early"
    narrow = (interval.high - interval.low) / 2.0 <= WIDEST_HALF
    enough = n_reports >= LEAST_REPORTS and n_days >= LEAST_DAYS and narrow
    return "no better than chance" if enough else "too early"
