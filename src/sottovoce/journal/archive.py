"""Everything a person has, in one zip: the same journal always gives the same bytes."""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import RawIOBase
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sottovoce import __version__
from sottovoce.journal.files import appearing
from sottovoce.journal.finding import find_entries, find_questionnaires, find_texts
from sottovoce.journal.owned import Owned
from sottovoce.journal.rows import compact
from sottovoce.journal.schema import HEAD
from sottovoce.journal.sounds import kept_sounds, read_sound
from sottovoce.journal.store import Journal
from sottovoce.journal.table import csv_lines
from sottovoce.journal.transcripts import kept_transcripts, read_transcript
from sottovoce.journal.wire import head_to_wire, questionnaire_to_wire

FORMAT = "sottovoce-journal"
FORMAT_VERSION = 1
MANIFEST, ENTRIES, CHECKINS, TABLE = (
    "manifest.json",
    "entries.jsonl",
    "checkins.jsonl",
    "entries.csv",
)
AUDIO = "audio/"
TRANSCRIPTS = "transcripts/"
SCHEMA = "schema/entry.schema.json"
README = b"""Your Sottovoce journal, all of it.

entries.jsonl    one entry a line, with its whole analysis
checkins.jsonl   questionnaires that go with no memo
entries.csv      the same entries for a spreadsheet, without timelines
audio/           recordings, where you asked to keep them
transcripts/     what you said, where you asked to keep it
schema/          what a line of entries.jsonl holds (JSON Schema)
manifest.json    versions, counts, and the SHA-256 of every file

Bring it back with: sottovoce journal import FILE.zip
"""
AT_LEAST_BYTES = 1 << 16
FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
OWNER_ONLY = 0o600 << 16
UNIX = 3


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is locked and to be unlocked: ``sounds`` entry to file suffix, ``words`` entries."""

    sounds: Mapping[str, str]
    words: tuple[str, ...]


class Packer:
    """Writes files into a zip, keeping size and SHA-256 of each."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.files: dict[str, dict[str, Any]] = {}

    def put(self, name: str, pieces: Iterable[bytes]) -> Generator[None, None, int]:
        """Write a file, a piece at each step; returns how many pieces there were."""
        info = ZipInfo(name, FIRST_ZIP_DAY)
        info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, OWNER_ONLY, UNIX
        digest, size, count = sha256(), 0, 0
        with self.archive.open(info, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size, count = size + len(piece), count + 1
                yield
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()}
        return count


def export_journal(journal: Journal, target: Path, *, audio: bool = True) -> dict[str, int]:
    """Write everything into one zip, from one moment of a journal that may be in use.

    Parameters
    ----------
    target
        The zip; what is there already is replaced when the new one is whole.
    audio
        With what is locked here: kept audio and transcripts, readable elsewhere.

    Returns
    -------
    dict
        How many ``entries``, ``checkins``, ``recordings`` and ``transcripts`` it holds.

    Raises
    ------
    DiskFullError, ReadOnlyError
        The file could not be written; nothing is left behind.
    KeyMissingError, WrongKeyError
        The kept audio cannot be unlocked.
    """
    with appearing(target) as part, journal.reading() as owned, ZipFile(part, "w") as archive:
        packing = pack_all(journal, owned, archive, audio=audio)
        while True:
            try:
                next(packing)
            except StopIteration as done:
                counts: dict[str, int] = done.value
                return counts


def export_pieces(journal: Journal, *, audio: bool = True) -> Iterator[bytes]:
    """The same zip, piece by piece, for a way that takes no file: it is never whole anywhere."""
    outlet = Outlet()
    with journal.reading() as owned, ZipFile(outlet, "w") as archive:
        for _ in pack_all(journal, owned, archive, audio=audio):
            if piece := outlet.taken(AT_LEAST_BYTES):
                yield piece
    yield outlet.taken()


class Outlet(RawIOBase):
    """A file that is written here and read away again."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Hold what is written."""
        self._held += data
        return len(data)

    def taken(self, at_least: int = 0) -> bytes:
        """What was written since the last time; nothing where it is too little yet."""
        if len(self._held) < at_least:
            return b""
        piece, self._held = bytes(self._held), bytearray()
        return piece


def pack_all(
    journal: Journal, owned: Owned, archive: ZipFile, *, audio: bool
) -> Generator[None, None, dict[str, int]]:
    """Write all of a journal, a piece at each step; returns how many of what there were."""
    sealed = Sealed(kept_sounds(owned), tuple(kept_transcripts(owned))) if audio else Sealed({}, ())
    master = journal.master_key() if sealed.sounds or sealed.words else b""
    return (yield from pack(Packer(archive), owned, sealed, master))


def pack(
    packer: Packer, owned: Owned, sealed: Sealed, master: bytes
) -> Generator[None, None, dict[str, int]]:
    """All files, the manifest last."""
    yield from packer.put("README.txt", [README])
    yield from packer.put(SCHEMA, [(Path(__file__).parent / "entry.schema.json").read_bytes()])
    counts = {
        "entries": (yield from packer.put(ENTRIES, entry_lines(owned, sealed.sounds))),
        "checkins": (yield from packer.put(CHECKINS, checkin_lines(owned))),
    }
    yield from packer.put(TABLE, csv_lines(find_entries(owned, deleted=None)))
    for entry_id, suffix in sealed.sounds.items():
        yield from packer.put(audio_name(entry_id, suffix), read_sound(owned, entry_id, master))
    for entry_id in sealed.words:
        words = read_transcript(owned, entry_id, master)
        yield from packer.put(f"{TRANSCRIPTS}{entry_id}.json", [words.encode()])
    counts["recordings"] = len(sealed.sounds)
    counts["transcripts"] = len(sealed.words)
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "versions": {"sottovoce": __version__, "schema": HEAD},
        "counts": counts,
        "files": packer.files.copy(),
    }
    yield from packer.put(MANIFEST, [json.dumps(manifest, indent=1).encode()])
    return counts


def entry_lines(owned: Owned, sounds: Mapping[str, str]) -> Iterator[bytes]:
    """Every entry, the deleted ones too, as lines of JSON; each names its audio, if any."""
    entries = find_entries(owned, deleted=None)
    for entry, analysis in zip(entries, find_texts(owned), strict=True):
        kept = audio_name(entry.id, sounds[entry.id]) if entry.id in sounds else None
        head = compact({**head_to_wire(entry), "audio": kept})
        yield f'{head[:-1]},"analysis":{analysis}}}\n'.encode()


def audio_name(entry_id: str, suffix: str) -> str:
    """Where the audio of an entry is in the zip."""
    return f"{AUDIO}{entry_id}{suffix}"


def checkin_lines(owned: Owned) -> Iterator[bytes]:
    """Questionnaires that go with no memo, as lines of JSON."""
    for filled in find_questionnaires(owned, alone=True):
        yield compact(questionnaire_to_wire(filled)).encode() + b"\n"
