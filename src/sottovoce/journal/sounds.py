"""Audio that a person asked to keep, in the same database and the same transaction as its entry."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sottovoce.audio.media import media_of
from sottovoce.journal.errors import JournalError, NoSoundError
from sottovoce.journal.owned import Owned
from sottovoce.journal.schema import ChunkRow, SoundRow
from sottovoce.journal.vault import key_for, lock, new_key, pieces_of, seal, unlock, unseal

PURPOSE = "audio"
CHUNKS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording to keep: its bytes piece by piece, what they must hash to, its file suffix."""

    pieces: Iterable[bytes]
    sha256: str
    suffix: str


def sound_of(file: Path, audio_sha256: str) -> Sound:
    """The audio of a file."""

    def read() -> Iterator[bytes]:
        with file.open("rb") as handle:
            yield from pieces_of(handle)

    return Sound(read(), audio_sha256, file.suffix.lower())


def sound_in(encoded: bytes, audio_sha256: str) -> Sound:
    """The audio in memory; its suffix is that of what it holds."""
    return Sound([encoded], audio_sha256, media_of(encoded[: 1 << 16]).suffix)


def keep_sound(owned: Owned, entry_id: str, sound: Sound, master: bytes) -> bool:
    """Seal audio under a new key of its own; returns whether it was not there already.

    Raises
    ------
    JournalError
        The audio is not what was analysed; nothing is kept.
    """
    if entry_id in kept_sounds(owned, entry_id):
        return False
    key, digest = new_key(), sha256()
    sealed = seal(hashed(sound.pieces, digest.update), key, entry_id)
    for number, chunk in enumerate(sealed):
        owned.insert(ChunkRow, [{"entry_id": entry_id, "number": number, "sealed": chunk}])
    if digest.hexdigest() != sound.sha256:
        raise JournalError("the audio was changed since it was analysed; nothing was kept")
    locked = lock(key, key_for(master, PURPOSE), entry_id)
    owned.insert(SoundRow, [{"entry_id": entry_id, "locked_key": locked, "suffix": sound.suffix}])
    return True


def read_sound(owned: Owned, entry_id: str, master: bytes) -> Iterator[bytes]:
    """The kept audio of an entry, piece by piece.

    Raises
    ------
    NoSoundError
        No audio was kept with the entry.
    WrongKeyError, DamagedError
        The key does not fit; a chunk is not what it was.
    """
    key = sound_key(owned, entry_id, master)
    statement = owned.select(ChunkRow, ChunkRow.sealed).where(ChunkRow.entry_id == entry_id)
    rows = owned.stream(statement.order_by(ChunkRow.number), CHUNKS_AT_ONCE)
    yield from unseal((row.sealed for row in rows), key, entry_id)


def sound_key(owned: Owned, entry_id: str, master: bytes) -> bytes:
    """The key that the audio of an entry is sealed under.

    Raises
    ------
    NoSoundError, WrongKeyError
        No audio was kept with the entry; the master key does not fit.
    """
    kept = owned.select(SoundRow, SoundRow.locked_key).where(SoundRow.entry_id == entry_id)
    locked = owned.value(kept)
    if locked is None:
        raise NoSoundError(f"no audio was kept with '{entry_id}'")
    return unlock(locked, key_for(master, PURPOSE), entry_id)


def kept_among(owned: Owned, ids: Iterable[str]) -> frozenset[str]:
    """Those of some entries with which audio was kept."""
    among = SoundRow.entry_id.in_(list(ids))
    rows = owned.stream(owned.select(SoundRow, SoundRow.entry_id).where(among))
    return frozenset(row.entry_id for row in rows)


def kept_sounds(owned: Owned, entry_id: str | None = None) -> dict[str, str]:
    """The entries with kept audio, and the file suffix of each; or of one entry."""
    statement = owned.select(SoundRow, SoundRow.entry_id, SoundRow.suffix)
    if entry_id:
        statement = statement.where(SoundRow.entry_id == entry_id)
    return {row.entry_id: row.suffix for row in owned.stream(statement.order_by(SoundRow.entry_id))}


def hashed(pieces: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    """The same pieces, each given to a digest as it passes."""
    for piece in pieces:
        update(piece)
        yield piece
