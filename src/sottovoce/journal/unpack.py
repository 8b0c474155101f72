"""Bring an export back: all of it is checked first, then all of it is added, or nothing is."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from sottovoce.journal.archive import (
    AUDIO,
    CHECKINS,
    ENTRIES,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    TRANSCRIPTS,
)
from sottovoce.journal.changing import put_entries, put_questionnaires
from sottovoce.journal.errors import ArchiveError, SchemaNewerError
from sottovoce.journal.owned import Owned, in_batches
from sottovoce.journal.schema import EntryRow
from sottovoce.journal.sounds import Sound, keep_sound
from sottovoce.journal.store import Journal
from sottovoce.journal.transcripts import add_transcript
from sottovoce.journal.vault import pieces_of
from sottovoce.journal.wire import entry_from_line, questionnaire_from_line

BLOCK_BYTES = 1 << 16
LONGEST_LINE_BYTES = 64 << 20
TORN = (BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading on in a damaged zip may raise, at any time."""

STRANGE = (KeyError, ValueError, TypeError, AttributeError, RecursionError)
"""What words of others may raise while we make sense of them; elsewhere it is a fault of ours."""

LARGEST_MANIFEST_BYTES = 64 << 20
MIB = 1 << 20
UNFOLDS_TO_AT_MOST = 100  # times its size; text of ours packs to a fifth


@dataclass(frozen=True, slots=True)
class Imported:
    """How many entries came in, and how many were there already and were left as they were."""

    added: int
    already_there: int


def import_journal(journal: Journal, source: Path | IO[bytes]) -> Imported:
    """Add everything from an export; what is there already is left as it is.

    Parameters
    ----------
    source
        The zip: its path, or an open file.

    Raises
    ------
    ArchiveError
        The file is no export, not whole, or was changed; nothing was added.
    SchemaNewerError
        A newer program made it; nothing was added.
    KeyMissingError, WrongKeyError
        There is audio in it, and no key to lock it with; nothing was added.
    """
    name = str(source) if isinstance(source, Path) else "the export"
    with opened(source, name) as archive:
        with understood(name):
            check(archive, name)
        sounds = [file for file in archive.namelist() if file.startswith(AUDIO)]
        words = [file for file in archive.namelist() if file.startswith(TRANSCRIPTS)]
        master = journal.master_key() if sounds or words else b""
        with journal.writing() as owned:
            with understood(name):
                found = unpack(archive, owned)
            for sound in sounds:
                unpack_sound(archive, owned, sound, master)
            for file in words:
                unpack_words(archive, owned, file, master)
            return found


@contextmanager
def opened(source: Path | IO[bytes], name: str) -> Iterator[ZipFile]:
    """The export, its faults told in one sentence."""
    try:
        with understood(name):
            archive = ZipFile(source)
        with archive:
            yield archive
    except FileNotFoundError as gone:
        raise ArchiveError(f"there is no file '{name}'") from gone
    except TORN as torn:
        raise ArchiveError(f"'{name}' is no whole export ({torn}); nothing was added") from torn


@contextmanager
def understood(name: str) -> Iterator[None]:
    """What cannot be made sense of is told in one sentence."""
    try:
        yield
    except STRANGE as strange:
        raise ArchiveError(
            f"'{name}' is no whole export ({strange}); nothing was added"
        ) from strange


def check(archive: ZipFile, source: str) -> None:
    """Every file is there and has the checksum that the manifest names; none unfolds absurdly."""
    packed = sum(info.compress_size for info in archive.infolist())
    if sum(info.file_size for info in archive.infolist()) > UNFOLDS_TO_AT_MOST * packed + MIB:
        raise ArchiveError(f"'{source}' would unfold to far more than it is; nothing was added")
    manifest = read_manifest(archive, source)
    if sorted([*manifest["files"], MANIFEST]) != sorted(archive.namelist()):
        raise ArchiveError(f"'{source}' holds other files than its list names; nothing was added")
    for name, told in manifest["files"].items():
        if digest_of(archive, name) != told["sha256"]:
            raise ArchiveError(f"'{name}' in '{source}' was changed; nothing was added")


def read_manifest(archive: ZipFile, source: str) -> dict[str, Any]:
    """The list of files and versions, checked for being ours and not newer than we are."""
    with archive.open(MANIFEST) as file:
        manifest: dict[str, Any] = json.loads(file.read(LARGEST_MANIFEST_BYTES))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ArchiveError(f"'{source}' is no export of a journal")
    if manifest["format_version"] > FORMAT_VERSION:
        raise SchemaNewerError(
            f"'{source}' was made by a newer sottovoce; nothing was added, update sottovoce"
        )
    return manifest


def digest_of(archive: ZipFile, name: str) -> str:
    """The SHA-256 of a file in the zip, read block by block."""
    digest = sha256()
    with archive.open(name) as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def unpack(archive: ZipFile, owned: Owned) -> Imported:
    """Entries, then what goes with none; all in the caller's transaction."""
    added = seen = 0
    with archive.open(ENTRIES) as file:
        entries = (entry_from_line(line, owned.owner) for line in lines(file))
        for batch in in_batches(entries):
            added, seen = added + put_entries(owned, batch), seen + len(batch)
    with archive.open(CHECKINS) as file:
        put_questionnaires(owned, [questionnaire_from_line(line) for line in lines(file)])
    return Imported(added, seen - added)


def unpack_sound(archive: ZipFile, owned: Owned, name: str, master: bytes) -> None:
    """Keep the audio of an entry again, under a new key."""
    file = PurePosixPath(name)
    whose = owned.value(owned.select(EntryRow, EntryRow.sha256).where(EntryRow.id == file.stem))
    if whose is None:
        raise ArchiveError(f"'{name}' belongs to no entry of the export; nothing was added")
    with archive.open(name) as sound:
        keep_sound(owned, file.stem, Sound(pieces_of(sound), whose, file.suffix), master)


def unpack_words(archive: ZipFile, owned: Owned, name: str, master: bytes) -> None:
    """Keep the words of an entry again; those that are kept here already stay."""
    entry_id = PurePosixPath(name).stem
    if owned.value(owned.select(EntryRow, EntryRow.id).where(EntryRow.id == entry_id)) is None:
        raise ArchiveError(f"'{name}' belongs to no entry of the export; nothing was added")
    with understood(name):
        words = archive.read(name).decode()
    add_transcript(owned, entry_id, words, master)


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines, none of them longer than an entry can be."""
    while line := file.readline(LONGEST_LINE_BYTES):
        yield line
