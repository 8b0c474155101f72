"""One measure of many entries as columns: what every insight is computed from.

Making columns is one pass over the entries; after that an insight over ten years takes
milliseconds. A store that keeps instants, offsets and measures as columns can make
:class:`Readings` from them with :func:`from_columns`, without making entries.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.entries import Entry
from sottovoce.insights.days import DAY_START_H, IntArray, day_numbers, wall_hours
from sottovoce.insights.robust import Values
from sottovoce.insights.scales import to_working


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """A measure as it was heard, in the order of the days.

    ``days`` int64 [n] are local days since 1970-01-01, ascending; ``hours`` int64 [n] the hour on
    the wall, 0 to 23; ``values`` float64 [n] in the measure's unit, finite.
    """

    measure: str
    days: IntArray
    hours: IntArray
    values: Values

    def __len__(self) -> int:
        return len(self.days)

    def between(self, first: int, last: int) -> "Readings":
        """Those of the days ``first`` to ``last``, both included."""
        begin, end = np.searchsorted(self.days, (first, last + 1))
        part = slice(int(begin), int(end))
        return Readings(self.measure, self.days[part], self.hours[part], self.values[part])


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """A measure by day, days without entries left out: gaps stay gaps.

    ``days`` int64 [d] ascending, each once; ``values`` float64 [d], the mean of the day's entries
    on the working scale (see :mod:`~sottovoce.insights.scales`); ``counts`` int64 [d] entries.
    """

    measure: str
    days: IntArray
    values: Values
    counts: IntArray

    def __len__(self) -> int:
        return len(self.days)

    def between(self, first: int, last: int) -> "Daily":
        """Those of the days ``first`` to ``last``, both included."""
        begin, end = np.searchsorted(self.days, (first, last + 1))
        part = slice(int(begin), int(end))
        return Daily(self.measure, self.days[part], self.values[part], self.counts[part])


def readings_of(entries: Iterable[Entry], measure: str, day_start_h: int = DAY_START_H) -> Readings:
    """A measure of the usable entries that were not deleted and in which it was taken.

    Parameters
    ----------
    entries
        In any order.
    measure
        A name that :meth:`sottovoce.entries.Entry.measure` knows.
    day_start_h
        The hour at which a day starts.

    Examples
    --------
    >>> len(readings_of([], "stress"))
    0
    """
    moments, values = [], []
    for entry in heard(entries):
        value = entry.measure(measure)
        if value is not None:
            moments.append((int(entry.recorded_at.utc.timestamp()), entry.recorded_at.offset_min))
            values.append(value)
    columns = np.array(moments, np.int64).reshape(-1, 2)
    return from_columns(measure, columns[:, 0], columns[:, 1], values, day_start_h)


def heard(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Those good enough to say anything from, the deleted left out."""
    return (entry for entry in entries if entry.deleted_at is None and entry.usable)


def from_columns(
    measure: str,
    utc_s: Sequence[int] | IntArray,
    offset_min: Sequence[int] | IntArray,
    values: Sequence[float] | Values,
    day_start_h: int = DAY_START_H,
) -> Readings:
    """Readings from instants in seconds since 1970-01-01 UTC, offsets and values.

    >>> from_columns("stress", [90_000, 0], [0, 0], [0.4, 0.2], day_start_h=0).values.tolist()
    [0.2, 0.4]
    """
    instants, offsets = np.asarray(utc_s, np.int64), np.asarray(offset_min, np.int64)
    order = day_order(instants, offsets, day_start_h)
    days = day_numbers(instants, offsets, day_start_h)
    hours = wall_hours(instants, offsets)
    return Readings(measure, days[order], hours[order], np.asarray(values, np.float64)[order])


def day_order(utc_s: IntArray, offset_min: IntArray, day_start_h: int = DAY_START_H) -> IntArray:
    """The places of many moments, the oldest local day first, int64 [n].

    >>> day_order(np.array([90_000, 0]), np.array([0, 0])).tolist()
    [1, 0]
    """
    return np.lexsort((utc_s, day_numbers(utc_s, offset_min, day_start_h)))


def daily(readings: Readings) -> Daily:
    """The mean of each day on the working scale.

    >>> two = Readings("loudness_dbfs", np.array([7, 7]), np.array([9, 9]), np.array([-20.0, -22]))
    >>> daily(two).values.tolist(), daily(two).counts.tolist()
    ([-21.0], [2])
    """
    days, first, counts = np.unique(readings.days, return_index=True, return_counts=True)
    working = to_working(readings.measure, readings.values)
    sums = np.add.reduceat(working, first) if len(days) else working
    return Daily(readings.measure, days, sums / counts, counts.astype(np.int64))
