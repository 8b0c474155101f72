"""One measure of many entries as columns: what insights are computed from, and nothing else.

The columns lie in the rows of the entries themselves and in one index, so that whatever happens to
an entry has happened to them, and ten years are read in the time that a hundred whole entries take.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import BigInteger, Select, type_coerce

from sottovoce.journal.owned import Owned
from sottovoce.journal.schema import EntryRow

MICROSECONDS_A_SECOND = 1_000_000
INSTANT = type_coerce(EntryRow.recorded_at, BigInteger)

Integers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A measure of the usable entries that are not deleted, in the order they were recorded.

    ``utc_s`` int64 [n] are whole seconds since 1970-01-01 UTC, ``offset_min`` int64 [n] the offset
    of the clock there, ``values`` float64 [n] in the measure's unit.
    """

    measure: str
    utc_s: Integers
    offset_min: Integers
    values: Values


def first_heard(owned: Owned, measure: str) -> datetime | None:
    """When the measure was first taken; None where it never was."""
    taken = column(measure).is_not(None), EntryRow.deleted_at.is_(None)
    statement = owned.select(EntryRow, EntryRow.recorded_at).where(*taken)
    found: datetime | None = owned.value(statement.order_by(EntryRow.recorded_at).limit(1))
    return found


def find_heard(
    owned: Owned, measure: str, since: datetime | None = None, until: datetime | None = None
) -> Heard:
    """A measure of the entries recorded at or after ``since`` and before ``until``."""
    statement = within(heard_statement(owned, measure), since, until)
    return heard_from(measure, rows_of(owned, statement.order_by(EntryRow.recorded_at)))


def find_tagged(
    owned: Owned, measure: str, since: datetime
) -> tuple[Heard, tuple[frozenset[str], ...]]:
    """A measure of the entries since then, and the tags of each."""
    statement = within(heard_statement(owned, measure, EntryRow.tags), since, None)
    rows = list(rows_of(owned, statement.order_by(EntryRow.recorded_at)))
    tags = tuple(frozenset(json.loads(words)) for *_, words in rows)
    return heard_from(measure, [row[:-1] for row in rows]), tags


def find_reported(owned: Owned, measure: str, limit: int) -> tuple[Heard, Integers]:
    """A measure of the latest entries with a self-report, and what was said, 1 to 7: int64 [n]."""
    statement = heard_statement(owned, measure, EntryRow.valence)
    statement = statement.where(EntryRow.valence.is_not(None))
    newest = statement.order_by(EntryRow.recorded_at.desc()).limit(limit)
    rows = list(rows_of(owned, newest))[::-1]
    valences = np.array([valence for *_, valence in rows], np.int64)
    return heard_from(measure, [row[:-1] for row in rows]), valences


def find_said(owned: Owned, since: datetime) -> tuple[Integers, Integers, Integers]:
    """The self-reports since then: instants in seconds, offsets in minutes, and what was said."""
    said = EntryRow.valence.is_not(None), EntryRow.deleted_at.is_(None)
    statement = owned.select(EntryRow, INSTANT, EntryRow.offset_min, EntryRow.valence).where(*said)
    rows = rows_of(owned, within(statement, since, None))
    flat = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 3)
    return flat[:, 0] // MICROSECONDS_A_SECOND, flat[:, 1], flat[:, 2]


def heard_statement(owned: Owned, measure: str, *besides: Any) -> Select[Any]:
    """Instant, offset and value of the entries in which a measure was taken."""
    value = column(measure)
    statement = owned.select(EntryRow, INSTANT, EntryRow.offset_min, value, *besides)
    return statement.where(value.is_not(None), EntryRow.deleted_at.is_(None))


def column(measure: str) -> Any:
    """The column of a measure."""
    return getattr(EntryRow, measure)


def within(statement: Select[Any], since: datetime | None, until: datetime | None) -> Select[Any]:
    """Only what was recorded at or after the one, before the other."""
    if since:
        statement = statement.where(EntryRow.recorded_at >= since)
    return statement.where(EntryRow.recorded_at < until) if until else statement


def rows_of(owned: Owned, statement: Select[Any]) -> Iterable[Any]:
    """The rows as the driver gives them: numbers and text, which need no looking after."""
    rows: Iterable[Any] = iter(owned.connection.execute(statement).cursor)  # type: ignore[call-overload]
    return rows


def heard_from(measure: str, rows: Iterable[Any]) -> Heard:
    """Columns from rows of instant, offset and value."""
    flat = np.fromiter(chain.from_iterable(rows), np.float64).reshape(-1, 3)
    instants, offsets = flat[:, 0].astype(np.int64), flat[:, 1].astype(np.int64)
    return Heard(measure, instants // MICROSECONDS_A_SECOND, offsets, flat[:, 2].copy())
