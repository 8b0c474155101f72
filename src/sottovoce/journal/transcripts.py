"""What was said in a memo, where a person asked to keep it: sealed, and erased by itself."""

from sottovoce.journal.errors import NoEntryError
from sottovoce.journal.owned import Owned
from sottovoce.journal.schema import TranscriptRow
from sottovoce.journal.vault import key_for, lock, unlock

PURPOSE = "transcript"


def keep_transcript(owned: Owned, entry_id: str, words: str, master: bytes) -> None:
    """Seal the words of an entry; those that were kept before are replaced."""
    erase_transcript(owned, entry_id)
    add_transcript(owned, entry_id, words, master)


def add_transcript(owned: Owned, entry_id: str, words: str, master: bytes) -> None:
    """Seal the words of an entry; those that were kept before stay."""
    sealed = lock(words.encode(), key_for(master, PURPOSE), entry_id)
    owned.insert(TranscriptRow, [{"entry_id": entry_id, "sealed": sealed}])


def read_transcript(owned: Owned, entry_id: str, master: bytes) -> str:
    """The kept words of an entry.

    Raises
    ------
    NoEntryError
        None were kept with it.
    WrongKeyError
        The key does not fit, or the words were changed.
    """
    return unsealed(sealed_transcript(owned, entry_id), entry_id, master)


def sealed_transcript(owned: Owned, entry_id: str) -> bytes:
    """The kept words of an entry as they lie there; no key is needed to see whether there are any.

    Raises
    ------
    NoEntryError
        None were kept with it.
    """
    kept = owned.select(TranscriptRow, TranscriptRow.sealed)
    sealed: bytes | None = owned.value(kept.where(TranscriptRow.entry_id == entry_id))
    if sealed is None:
        raise NoEntryError(f"no transcript was kept with '{entry_id}'")
    return sealed


def unsealed(sealed: bytes, entry_id: str, master: bytes) -> str:
    """The words of an entry.

    Raises
    ------
    WrongKeyError
        The key does not fit, or the words were changed.
    """
    return unlock(sealed, key_for(master, PURPOSE), entry_id).decode()


def kept_transcripts(owned: Owned) -> list[str]:
    """The ids of the entries whose words are kept."""
    kept = owned.select(TranscriptRow, TranscriptRow.entry_id)
    return [row.entry_id for row in owned.stream(kept.order_by(TranscriptRow.entry_id))]


def erase_transcript(owned: Owned, entry_id: str) -> bool:
    """Erase the words of an entry, and nothing else of it; returns whether there were any."""
    kept = owned.delete(TranscriptRow).where(TranscriptRow.entry_id == entry_id)
    return owned.change(kept) > 0


def erase_all_transcripts(owned: Owned) -> int:
    """Erase the words of all entries; returns of how many."""
    return owned.change(owned.delete(TranscriptRow))
