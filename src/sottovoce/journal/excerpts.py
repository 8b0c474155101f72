"""Kept audio from any place in it, and its waveform."""

from dataclasses import dataclass, field

from sottovoce.audio.waveform import Waveform
from sottovoce.journal.errors import DamagedError
from sottovoce.journal.owned import Owned
from sottovoce.journal.schema import ChunkRow, WaveformRow
from sottovoce.journal.sounds import sound_key
from sottovoce.journal.vault import CHUNK_BYTES, key_for, lock, unlock, unseal_chunk

PURPOSE = "waveform"


@dataclass(frozen=True, slots=True)
class KeptSound:
    """The audio of an entry: the key it is sealed under, and its length, both proven."""

    entry_id: str
    key: bytes = field(repr=False)
    size_bytes: int

    @property
    def last_number(self) -> int:
        """The number of its last chunk."""
        return max(0, self.size_bytes - 1) // CHUNK_BYTES


def open_sound(owned: Owned, entry_id: str, master: bytes) -> KeptSound:
    """The audio of an entry, to be read from any place.

    Raises
    ------
    NoSoundError
        None was kept with the entry.
    WrongKeyError, DamagedError
        The key does not fit; the last chunk is not what it was.
    """
    key = sound_key(owned, entry_id, master)
    mine = owned.select(ChunkRow, ChunkRow.number, ChunkRow.sealed)
    newest = mine.where(ChunkRow.entry_id == entry_id).order_by(ChunkRow.number.desc()).limit(1)
    row = owned.first(newest)
    if row is None:
        raise missing(entry_id)
    chunk = unseal_chunk(row.sealed, key, row.number, last=True, whose=entry_id)
    return KeptSound(entry_id, key, row.number * CHUNK_BYTES + len(chunk))


def excerpt(owned: Owned, kept: KeptSound, start: int, end: int) -> bytes:
    """The bytes from ``start`` up to ``end``, which lie within it.

    Raises
    ------
    DamagedError
        A chunk is missing or not what it was.
    """
    first, last = start // CHUNK_BYTES, max(start, end - 1) // CHUNK_BYTES
    mine = owned.select(ChunkRow, ChunkRow.number, ChunkRow.sealed)
    among = ChunkRow.entry_id == kept.entry_id, ChunkRow.number.between(first, last)
    rows = list(owned.stream(mine.where(*among).order_by(ChunkRow.number)))
    if [row.number for row in rows] != list(range(first, last + 1)):
        raise missing(kept.entry_id)
    sound = b"".join(opened(kept, row.number, row.sealed) for row in rows)
    return sound[start - first * CHUNK_BYTES : end - first * CHUNK_BYTES]


def opened(kept: KeptSound, number: int, sealed: bytes) -> bytes:
    """One chunk of it."""
    last = number == kept.last_number
    return unseal_chunk(sealed, kept.key, number, last=last, whose=kept.entry_id)


def missing(entry_id: str) -> DamagedError:
    """What to say where a chunk is not there."""
    return DamagedError(f"a part of the kept audio of '{entry_id}' is missing; restore a backup")


def put_waveform(owned: Owned, kept: KeptSound, waveform: Waveform) -> None:
    """Keep the waveform with the audio, locked under a key made of its key."""
    locked = lock(waveform.to_bytes(), key_for(kept.key, PURPOSE), kept.entry_id)
    owned.insert(WaveformRow, [{"entry_id": kept.entry_id, "locked": locked}])


def find_waveform(owned: Owned, kept: KeptSound) -> Waveform | None:
    """The waveform of kept audio; None where it was not drawn yet."""
    mine = owned.select(WaveformRow, WaveformRow.locked)
    locked = owned.value(mine.where(WaveformRow.entry_id == kept.entry_id))
    if locked is None:
        return None
    return Waveform.from_bytes(unlock(locked, key_for(kept.key, PURPOSE), kept.entry_id))
