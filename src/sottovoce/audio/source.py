"""Where encoded sound comes from: a path, bytes or a stream, each made an open, seekable file.

A stream is first copied to a temporary file without a name, because an m4a may have its index at
the end and has to be read in leaps. The copy vanishes with the process, however it ends. That of
bytes is in memory alone (on Linux): sound that was sent to a service is on no disk.
"""

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from typing import BinaryIO

from sottovoce.audio.containers import HEAD_BYTES, Container, id3_tag_bytes, recognise
from sottovoce.errors import (
    EmptyInputError,
    InputError,
    NoPermissionError,
    NotFoundError,
    TooLongError,
    UnsupportedFormatError,
)

Source = str | Path | bytes | BinaryIO

STANDARD_INPUT = "-"
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Encoded sound in an open regular file.

    ``name`` is what results call it; :attr:`label` is what sentences call it.
    """

    name: str
    file: FileIO

    @property
    def label(self) -> str:
        """The name as it stands in a sentence."""
        return label(self.name)

    @property
    def size_bytes(self) -> int:
        """How many bytes there are, at least one."""
        return os.fstat(self.file.fileno()).st_size

    def container(self) -> Container:
        """What the first bytes say the file is.

        Raises
        ------
        UnsupportedFormatError
            They are those of no container that is read.
        """
        head = self._bytes_at(0)
        tag_bytes = id3_tag_bytes(head)
        found = recognise(self._bytes_at(tag_bytes), tagged=True) if tag_bytes else recognise(head)
        if found is None:
            raise UnsupportedFormatError(
                f"{self.label} is not a recording that Sottovoce reads, whatever its name says; "
                "give it wav, flac, mp3, m4a, ogg, opus, webm, amr, 3gp, caf, aiff, wma or mov"
            )
        return found

    def _bytes_at(self, offset: int) -> bytes:
        return os.pread(self.file.fileno(), HEAD_BYTES, offset)

    def sha256(self) -> str:
        """SHA-256 of the encoded bytes in hexadecimal."""
        self.file.seek(0)
        return hashlib.file_digest(self.file, "sha256").hexdigest()


def label(name: str) -> str:
    """A source's name as it stands in a sentence.

    >>> label("memo.m4a"), label("-")
    ("'memo.m4a'", 'standard input')
    """
    return "standard input" if name == STANDARD_INPUT else f"'{name}'"


def source_name(source: Source) -> str:
    """What a source is called unless the caller names it.

    >>> source_name(Path("memo.m4a")), source_name(b"RIFF")
    ('memo.m4a', '<bytes>')
    """
    if isinstance(source, str | Path):
        return str(source)
    return "<bytes>" if isinstance(source, bytes) else STANDARD_INPUT


@contextmanager
def open_source(source: Source, name: str, spool_bytes: int) -> Iterator[Encoded]:
    """Open a source for reading, as a regular file that holds at least one byte.

    Raises
    ------
    InputError
        There is nothing there, or it is empty, forbidden, a folder, no file at all, or longer than
        ``spool_bytes`` where it has to be copied first.
    """
    try:
        file = (
            _open_path(source, name)
            if isinstance(source, str | Path)
            else _spooled(source, name, spool_bytes)
        )
    except OSError as error:
        raise _translated(error, name) from error
    with file:
        encoded = Encoded(name, file)
        if encoded.size_bytes == 0:
            raise EmptyInputError(f"{label(name)} is empty; record or export it again")
        yield encoded


def _open_path(path: str | Path, name: str) -> FileIO:
    if "\0" in str(path):
        raise NotFoundError(f"{label(name)} does not exist: a path holds no null character")
    # Without O_NONBLOCK the mere opening of a named pipe waits for someone to write to it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb", buffering=0)
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise InputError(f"{label(name)} is a folder; name a recording in it")
    raise InputError(f"{label(name)} is no regular file; give a live stream as standard input: -")


def _spooled(source: bytes | BinaryIO, name: str, spool_bytes: int) -> FileIO:
    stream = BytesIO(source) if isinstance(source, bytes) else source
    spool = _nameless(in_memory=isinstance(source, bytes))
    try:
        while chunk := stream.read(CHUNK_BYTES):
            spool.write(chunk)
            if spool.tell() > spool_bytes:
                raise TooLongError(
                    f"{label(name)} holds more than {spool_bytes} bytes; give it as a file"
                )
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return spool


def _nameless(*, in_memory: bool) -> FileIO:
    """A file that no other program can open: bytes in memory stay there, where the system can."""
    if in_memory and sys.platform == "linux":
        return os.fdopen(os.memfd_create("sottovoce", os.MFD_CLOEXEC), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def _translated(error: OSError, name: str) -> InputError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotFoundError(f"{label(name)} does not exist; check the path")
    if isinstance(error, PermissionError):
        return NoPermissionError(f"{label(name)} may not be read; allow it with: chmod u+r")
    return InputError(f"{label(name)} cannot be read: {error.strerror}")
