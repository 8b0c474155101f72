"""How you said you felt, day by day: drawn beside a measure, never mixed into it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sottovoce.entries import Entry
from sottovoce.insights.days import DAY_START_H, IntArray, day_number, local_day


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """Self-reports in any order: ``days`` int64 [n], ``valences`` int64 [n], 1 to 7."""

    days: IntArray
    valences: IntArray


@dataclass(frozen=True, slots=True)
class Felt:
    """A day with self-reports: its mean ``valence``, 1 (very bad) to 7 (very good)."""

    first_day: int
    valence: float
    n_reports: int


def said_in(entries: Iterable[Entry], day_start_h: int = DAY_START_H) -> Said:
    """What was said with entries that are not deleted, whether they could be heard or not."""
    rows = [
        (day_number(local_day(entry.recorded_at, day_start_h)), entry.self_report.valence)
        for entry in entries
        if entry.self_report is not None and entry.deleted_at is None
    ]
    columns = np.array(rows, np.int64).reshape(-1, 2)
    return Said(columns[:, 0], columns[:, 1])


def felt_by_day(said: Said, first: int, last: int) -> tuple[Felt, ...]:
    """The days from ``first`` to ``last`` on which something was said.

    >>> felt_by_day(Said(np.array([9, 4, 9]), np.array([2, 5, 3])), 5, 9)
    (Felt(first_day=9, valence=2.5, n_reports=2),)
    """
    inside = (said.days >= first) & (said.days <= last)
    days, of = np.unique(said.days[inside], return_inverse=True)
    counts = np.bincount(of, minlength=len(days))
    sums = np.bincount(of, said.valences[inside], minlength=len(days))
    rows = zip(days.tolist(), sums.tolist(), counts.tolist(), strict=True)
    return tuple(Felt(day, total / n, n) for day, total, n in rows)
