"""Reading entries: one, some, or all of them in the memory of a few hundred."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, and_, func, tuple_

from sottovoce.entries import Entry, Questionnaire
from sottovoce.journal.errors import NoEntryError
from sottovoce.journal.owned import Owned, in_batches
from sottovoce.journal.rows import (
    ENTRY_COLUMNS,
    QUESTIONNAIRE_COLUMNS,
    WHOLE,
    entry_from,
    questionnaire_from,
)
from sottovoce.journal.schema import AnalysisRow, EntryRow, QuestionnaireRow
from sottovoce.journal.wanted import ANY, Wanted

SHORTEST_ID = 4
AFTER_HEX_DIGITS = "g"
A_DAY = timedelta(days=1)

Position = tuple[datetime, str]
"""Where an entry stands in time: when it was recorded, and its id."""


def find_entries(
    owned: Owned,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    whole: bool = False,
    deleted: bool | None = False,
) -> Iterator[Entry]:
    """Entries in the order they were recorded.

    Parameters
    ----------
    since, until
        Aware instants: recorded at or after the one, before the other.
    whole
        With the whole analysis; without, with the part that holds every measure.
    deleted
        Those that are not deleted, those that are, or (None) both.
    """
    statement = entry_statement(owned, whole).order_by(EntryRow.recorded_at, EntryRow.id)
    if since:
        statement = statement.where(EntryRow.recorded_at >= since)
    if until:
        statement = statement.where(EntryRow.recorded_at < until)
    if deleted is not None:
        gone = EntryRow.deleted_at.is_not(None)
        statement = statement.where(gone if deleted else ~gone)
    bare = (entry_from(row, owned.owner) for row in owned.stream(statement))
    if not any_questionnaire(owned):
        yield from bare
        return
    for batch in in_batches(bare):
        yield from with_questionnaires(owned, batch)


def any_questionnaire(owned: Owned) -> bool:
    """Whether any questionnaire goes with an entry."""
    attached = QuestionnaireRow.entry_id.is_not(None)
    ids = owned.select(QuestionnaireRow, QuestionnaireRow.id)
    return owned.first(ids.where(attached).limit(1)) is not None


def find_texts(owned: Owned) -> Iterator[str]:
    """The texts of all whole analyses, in the order of ``find_entries(owned, deleted=None)``."""
    same = and_(AnalysisRow.owner == EntryRow.owner, AnalysisRow.entry_id == EntryRow.id)
    statement = owned.select(EntryRow, WHOLE).select_from(EntryRow).join(AnalysisRow, same)
    for row in owned.stream(statement.order_by(EntryRow.recorded_at, EntryRow.id)):
        yield row.body


def find_latest(owned: Owned, limit: int, *, deleted: bool = False) -> list[Entry]:
    """The entries recorded last, the newest first."""
    gone = EntryRow.deleted_at.is_not(None)
    statement = entry_statement(owned, whole=False).where(gone if deleted else ~gone)
    newest = (EntryRow.recorded_at.desc(), EntryRow.id)
    rows = owned.stream(statement.order_by(*newest).limit(limit))
    return with_questionnaires(owned, [entry_from(row, owned.owner) for row in rows])


def find_page(
    owned: Owned,
    limit: int,
    after: Position | None = None,
    *,
    deleted: bool = False,
    wanted: Wanted = ANY,
) -> list[Entry]:
    """At most ``limit`` entries, the newest first, that come after a position in that order."""
    gone = EntryRow.deleted_at.is_not(None)
    statement = entry_statement(owned, whole=False).where(gone if deleted else ~gone)
    statement = near(statement, wanted)
    if after:
        statement = statement.where(tuple_(EntryRow.recorded_at, EntryRow.id) < after)
    newest = (EntryRow.recorded_at.desc(), EntryRow.id.desc())
    found = (entry_from(row, owned.owner) for row in owned.stream(statement.order_by(*newest)))
    return with_questionnaires(owned, list(islice(filter(wanted.fits, found), limit)))


def near(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    """Only entries that may lie on the wanted days, wherever on Earth they were recorded."""
    if wanted.since:
        since = datetime.combine(wanted.since, time(), UTC)
        statement = statement.where(EntryRow.recorded_at >= since - A_DAY)
    if wanted.until:
        until = datetime.combine(wanted.until, time(), UTC)
        statement = statement.where(EntryRow.recorded_at < until + 2 * A_DAY)
    return statement


def entry_statement(owned: Owned, whole: bool) -> Select[Any]:
    """Select entries, their whole analysis beside them where wanted."""
    if not whole:
        return owned.select(EntryRow, *ENTRY_COLUMNS)
    same = and_(AnalysisRow.owner == EntryRow.owner, AnalysisRow.entry_id == EntryRow.id)
    return owned.select(EntryRow, *ENTRY_COLUMNS, WHOLE).join(AnalysisRow, same)


def find_entry(owned: Owned, key: str) -> Entry:
    """The entry whose id begins with ``key``, whole, deleted or not.

    Raises
    ------
    NoEntryError
        None begins so, or several do.
    """
    full = find_id(owned, key)
    row = owned.first(entry_statement(owned, whole=True).where(EntryRow.id == full))
    if row is None:
        raise NoEntryError(f"the entry '{full}' has lost its analysis; restore a backup")
    return with_questionnaires(owned, [entry_from(row, owned.owner)])[0]


def find_present(owned: Owned, key: str) -> Entry:
    """As :func:`find_entry`, of those that are not deleted."""
    entry = find_entry(owned, key)
    if entry.deleted_at is not None:
        raise NoEntryError(f"the entry '{key}' is deleted")
    return entry


def find_id(owned: Owned, key: str) -> str:
    """The one id that begins with ``key``."""
    begins = EntryRow.id >= key, EntryRow.id < key + AFTER_HEX_DIGITS
    some = owned.select(EntryRow, EntryRow.id).where(*begins).order_by(EntryRow.id).limit(9)
    found = [str(row.id) for row in owned.stream(some)]
    if len(key) < SHORTEST_ID or not found:
        raise NoEntryError(f"no entry has the id '{key}'; `sottovoce journal list` shows them")
    if len(found) > 1:
        raise NoEntryError(f"'{key}' could be {', '.join(found)}; write more of it")
    return found[0]


def with_questionnaires(owned: Owned, entries: Sequence[Entry]) -> list[Entry]:
    """The same entries with the questionnaires that belong to them."""
    statement = owned.select(QuestionnaireRow, *QUESTIONNAIRE_COLUMNS).where(
        QuestionnaireRow.entry_id.in_([entry.id for entry in entries])
    )
    found: dict[str, list[Questionnaire]] = {}
    for row in owned.stream(statement.order_by(QuestionnaireRow.answered_at, QuestionnaireRow.id)):
        found.setdefault(row.entry_id, []).append(questionnaire_from(row))
    return [
        replace(entry, questionnaires=tuple(found[entry.id])) if entry.id in found else entry
        for entry in entries
    ]


def find_questionnaires(owned: Owned, *, alone: bool = False) -> Iterator[Questionnaire]:
    """All questionnaires in the order they were answered, or those that go with no memo."""
    statement = owned.select(QuestionnaireRow, *QUESTIONNAIRE_COLUMNS)
    if alone:
        statement = statement.where(QuestionnaireRow.entry_id.is_(None))
    ordered = statement.order_by(QuestionnaireRow.answered_at, QuestionnaireRow.id)
    yield from map(questionnaire_from, owned.stream(ordered))


def count_tags(owned: Owned) -> Counter[str]:
    """How many entries that are not deleted carry each tag."""
    tagged = EntryRow.tags != "[]", EntryRow.deleted_at.is_(None)
    rows = owned.stream(owned.select(EntryRow, EntryRow.tags).where(*tagged))
    return Counter(tag for row in rows for tag in json.loads(row.tags))


def latest_adding(owned: Owned) -> datetime | None:
    """When the last entry was added; None in an empty journal."""
    statement = owned.select(EntryRow, EntryRow.added_at).order_by(EntryRow.added_at.desc())
    found: datetime | None = owned.value(statement.limit(1))
    return found


def count_entries(owned: Owned) -> int:
    """How many entries there are, the deleted ones too."""
    return int(owned.value(owned.select(EntryRow, func.count())))
