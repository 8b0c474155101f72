"""Adding, changing, deleting and erasing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func

from sottovoce.entries import Entry, Moment, Questionnaire, SelfReport
from sottovoce.journal.checkins import questionnaire_id
from sottovoce.journal.errors import JournalError
from sottovoce.journal.finding import find_entry, find_id, latest_adding
from sottovoce.journal.job_schema import JobRow, JobSoundRow
from sottovoce.journal.owned import Owned
from sottovoce.journal.people_schema import AccountRow, TokenRow, VisitRow
from sottovoce.journal.rows import analysis_values, compact, entry_values
from sottovoce.journal.schema import (
    AnalysisRow,
    ChunkRow,
    EntryRow,
    OwnedRow,
    QuestionnaireRow,
    SoundRow,
    TranscriptRow,
    WaveformRow,
)
from sottovoce.journal.sounds import Sound, keep_sound

RESTORABLE = timedelta(days=30)
CLOCK_TOLERANCE = timedelta(minutes=2)
ID_DIGITS = 16
TABLES: tuple[type[OwnedRow], ...] = (
    VisitRow,
    TokenRow,
    AccountRow,
    JobSoundRow,
    JobRow,
    TranscriptRow,
    WaveformRow,
    ChunkRow,
    SoundRow,
    QuestionnaireRow,
    AnalysisRow,
    EntryRow,
)

Outcome = Literal["added", "already there", "restored"]


@dataclass(frozen=True, slots=True)
class Memo:
    """What is to be kept.

    ``analysis`` is the JSON object that ``analyze --json`` prints; ``sound`` is the audio where it
    is to be kept too, encrypted.
    """

    analysis: Mapping[str, Any]
    recorded_at: Moment
    note: str = ""
    tags: tuple[str, ...] = ()
    example: bool = False
    sound: Sound | None = None

    def entry(self, owner: str, added_at: datetime) -> Entry:
        """The entry that this becomes."""
        return Entry(
            id=id_of(self.analysis["recording"]["sha256"]),
            owner=owner,
            recorded_at=self.recorded_at,
            added_at=added_at,
            analysis=self.analysis,
            note=self.note,
            tags=clean_tags(self.tags),
            example=self.example,
        )


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a memo.

    ``clock_was`` is when the newest entry was added, where the clock now says an earlier time;
    None as long as the clock runs forward.
    """

    entry: Entry
    outcome: Outcome
    clock_was: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change of an entry; None leaves a part as it is.

    ``tags`` are all it is to have; ``add_tags`` and ``remove_tags`` change those it has.
    """

    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    recorded_at: Moment | None = None
    tags: tuple[str, ...] | None = None


def id_of(audio_sha256: str) -> str:
    """The id of the entry of a recording: the beginning of its SHA-256, so the same everywhere."""
    return audio_sha256[:ID_DIGITS]


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without space around them, each once, sorted.

    >>> clean_tags([" work ", "deadline", "work"])
    ('deadline', 'work')
    """
    cleaned = {tag.strip() for tag in tags}
    for tag in cleaned:
        if not tag or "," in tag:
            raise JournalError(f"'{tag}' is no tag: a tag is a word or some, without a comma")
    return tuple(sorted(cleaned))


def add_memo(owned: Owned, memo: Memo, added_at: datetime, master: bytes) -> Added:
    """Keep a memo, its audio with it where it has some; ``master`` locks the key of that."""
    added = add_entry(owned, memo.entry(owned.owner, added_at))
    if memo.sound:
        keep_sound(owned, added.entry.id, memo.sound, master)
    return added


def add_entry(owned: Owned, entry: Entry) -> Added:
    """Keep an entry; the same audio twice is one entry, and a deleted one comes back."""
    latest = latest_adding(owned)
    late = latest if latest and latest - entry.added_at > CLOCK_TOLERANCE else None
    if put_entries(owned, [entry]):
        return Added(entry, "added", late)
    there = find_entry(owned, entry.id)
    if there.analysis["recording"]["sha256"] != entry.analysis["recording"]["sha256"]:
        raise JournalError(f"the id '{entry.id}' is that of another recording; nothing was added")
    if there.deleted_at is None:
        return Added(there, "already there", late)
    restore_entries(owned, [there.id])
    return Added(replace(there, deleted_at=None), "restored", late)


def put_entries(owned: Owned, entries: Sequence[Entry]) -> int:
    """Insert entries with all that belongs to them; those that are there are left as they are."""
    added = owned.insert(EntryRow, [entry_values(entry) for entry in entries])
    owned.insert(AnalysisRow, [analysis_values(entry) for entry in entries])
    for entry in entries:
        put_questionnaires(owned, entry.questionnaires, entry.id)
    return added


def put_questionnaires(
    owned: Owned, filled: Sequence[Questionnaire], entry_id: str | None = None
) -> int:
    """Keep questionnaires, with an entry or alone."""
    return owned.insert(
        QuestionnaireRow,
        [
            {
                "id": questionnaire_id(one),
                "entry_id": entry_id,
                "name": one.name,
                "answers": compact(list(one.answers)),
                "answered_at": one.answered_at,
            }
            for one in filled
        ],
    )


def edit_entry(owned: Owned, key: str, edit: Edit) -> Entry:
    """Change an entry's note, tags or time; returns it as it is then."""
    entry = find_entry(owned, key)
    kept = entry.tags if edit.tags is None else clean_tags(edit.tags)
    tags = (set(kept) | set(clean_tags(edit.add_tags))) - set(clean_tags(edit.remove_tags))
    changed = replace(
        entry,
        note=entry.note if edit.note is None else edit.note,
        tags=tuple(sorted(tags)),
        recorded_at=edit.recorded_at or entry.recorded_at,
    )
    owned.change(
        owned.update(EntryRow).where(EntryRow.id == entry.id).values(**entry_values(changed))
    )
    return changed


def report(owned: Owned, key: str, said: SelfReport) -> Entry:
    """Keep how a person said they felt, with the memo it belongs to."""
    entry = replace(find_entry(owned, key), self_report=said)
    owned.change(
        owned.update(EntryRow)
        .where(EntryRow.id == entry.id)
        .values(valence=said.valence, valence_at=said.reported_at)
    )
    return entry


def delete_entries(owned: Owned, keys: Iterable[str], at: datetime) -> list[str]:
    """Mark entries as deleted; they can be restored for 30 days. Returns their ids."""
    ids = [find_id(owned, key) for key in keys]
    for key in ids:
        there = EntryRow.id == key, EntryRow.deleted_at.is_(None)
        owned.change(owned.update(EntryRow).where(*there).values(deleted_at=at))
    return ids


def restore_entries(owned: Owned, keys: Iterable[str]) -> list[str]:
    """Bring deleted entries back; returns their ids."""
    ids = [find_id(owned, key) for key in keys]
    for key in ids:
        owned.change(owned.update(EntryRow).where(EntryRow.id == key).values(deleted_at=None))
    return ids


def purge(owned: Owned, now: datetime) -> int:
    """Erase what was deleted more than 30 days ago; returns how many entries."""
    return owned.change(owned.delete(EntryRow).where(EntryRow.deleted_at < now - RESTORABLE))


def erase_entries(owned: Owned, keys: Iterable[str]) -> list[str]:
    """Erase entries, their audio keys and their audio, for good; returns their ids."""
    ids = [find_id(owned, key) for key in keys]
    for key in ids:
        owned.change(owned.delete(EntryRow).where(EntryRow.id == key))
    return ids


def erase_examples(owned: Owned) -> int:
    """Erase the entries that the demonstration made up; returns how many there were."""
    return owned.change(owned.delete(EntryRow).where(EntryRow.example))


def erase_all(owned: Owned) -> dict[str, int]:
    """Erase every row of the owner; returns how many there were in each table."""
    return {str(table.__tablename__): owned.change(owned.delete(table)) for table in TABLES}  # type: ignore[attr-defined]


def count_all(owned: Owned) -> dict[str, int]:
    """How many rows of the owner each table holds."""
    return {
        str(table.__tablename__): int(owned.value(owned.select(table, func.count(table.owner))))  # type: ignore[attr-defined]
        for table in TABLES
    }
