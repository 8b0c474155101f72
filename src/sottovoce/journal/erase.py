"""Erasing for good: rows, audio keys, free pages and the log, with a receipt."""

from dataclasses import dataclass
from datetime import datetime

from sottovoce.journal.changing import count_all, erase_all, erase_entries, erase_examples
from sottovoce.journal.errors import NoEntryError
from sottovoce.journal.finding import find_id
from sottovoce.journal.store import Journal
from sottovoce.journal.transcripts import erase_all_transcripts, erase_transcript


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased, from where and when; ``remaining`` is what was counted afterwards."""

    journal: str
    erased_at: datetime
    erased: dict[str, int]
    remaining: int
    key_destroyed: bool


def erase_for_good(journal: Journal, keys: list[str]) -> list[str]:
    """Erase some entries now, their audio with them; returns their ids.

    Raises
    ------
    NoEntryError
        One of them is not there; nothing is erased.
    """
    with journal.writing() as owned:
        ids = erase_entries(owned, keys)
    forget_pages(journal)
    return ids


def erase_words(journal: Journal, keys: list[str]) -> list[str]:
    """Erase the kept transcripts of some entries, and nothing else of them; returns their ids.

    Raises
    ------
    NoEntryError
        One of them is not there, or no transcript was kept with it; nothing is erased.
    """
    with journal.writing() as owned:
        ids = [find_id(owned, key) for key in keys]
        for entry_id in ids:
            if not erase_transcript(owned, entry_id):
                raise NoEntryError(f"no transcript was kept with '{entry_id}'")
    forget_pages(journal)
    return ids


def erase_all_words(journal: Journal) -> int:
    """Erase all kept transcripts, and nothing else; returns how many there were."""
    with journal.writing() as owned:
        found = erase_all_transcripts(owned)
    forget_pages(journal)
    return found


def erase_made_up(journal: Journal) -> int:
    """Erase the examples of the demonstration; returns how many there were."""
    with journal.writing() as owned:
        found = erase_examples(owned)
    forget_pages(journal)
    return found


def erase_everything(journal: Journal) -> Receipt:
    """Erase all that the owner has in this journal, and the key of their audio and words.

    Copies that were made (exports, backups) are elsewhere and are not touched; the audio in a
    backup can no longer be opened where the key came from a keyring. The key stays as long as it
    locks the audio or the words of another owner, or the whole journal.
    """
    with journal.writing() as owned:
        erased = erase_all(owned)
    forget_pages(journal)
    with journal.reading() as owned:
        remaining = sum(count_all(owned).values())
    sealed = journal.place.rows_in("sounds") + journal.place.rows_in("transcripts")
    spare = journal.place.key is not None or sealed > 0
    destroyed = not spare and journal.locksmith is not None and journal.locksmith.destroy()
    return Receipt(journal.place.name, journal.clock(), erased, remaining, destroyed)


def forget_pages(journal: Journal) -> None:
    """Leave nothing of erased rows in the file or its log (they were zeroed when deleted)."""
    if journal.place.file is not None:
        journal.place.statement("VACUUM")
        journal.place.statement("PRAGMA wal_checkpoint(TRUNCATE)")
