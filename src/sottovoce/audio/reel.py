"""What a microphone gave so far, in a private file, so that no crash loses it.

The file is its owner's alone and locked while it is recorded to; one without a lock was left
behind. It holds sound as it came, unencrypted, and is deleted once the recording is kept or not
wanted.
"""

import fcntl
import os
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from sottovoce.audio.pcm import SAMPLE_BYTES
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.errors import SottovoceError

NAME = "recording-%Y%m%dT%H%M%S.%fZ.pcm"
PATTERN = "recording-" + 8 * "[0-9]" + "T" + 6 * "[0-9]" + "." + 6 * "[0-9]" + "Z.pcm"
CHUNK_BYTES = 1 << 15


class ReelError(SottovoceError):
    """The sound could not be written to disk, or read from it."""

    type = "reel"


class Reel:
    """One recording on disk; :func:`new_reel` makes one, :func:`left_behind` finds those lost."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self.path, self._file = path, file

    @property
    def began_at(self) -> datetime:
        """The aware UTC instant at which it was begun."""
        return datetime.strptime(self.path.name, NAME).replace(tzinfo=UTC)

    @property
    def duration_s(self) -> float:
        """Seconds of sound on it."""
        return os.fstat(self._file.fileno()).st_size / SAMPLE_BYTES / SAMPLE_RATE_HZ

    def append(self, sound: bytes) -> None:
        """Write the next sound; it outlives the process from now on."""
        with told(self.path):
            rest = memoryview(sound)
            while rest:
                rest = rest[self._file.write(rest) :]

    def chunks(self) -> Iterator[bytes]:
        """All its sound, in pieces of a second."""
        with told(self.path):
            self._file.seek(0)
            while chunk := self._file.read(CHUNK_BYTES):
                yield chunk

    def write_wav(self, target: Path) -> None:
        """Copy it to a wav file that is not there yet; where that fails, none is left.

        Raises
        ------
        ReelError
            The file is there already, or cannot be written.
        """
        if target.exists():
            raise ReelError(f"'{target}' is there already; choose another name")
        with told(target), target.open("xb") as made:
            try:
                self._copy(made)
            except OSError:
                target.unlink()
                raise

    def delete(self) -> None:
        """Remove it from the disk."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; if it is still there, it is left behind."""
        self._file.close()

    def _copy(self, made: BinaryIO) -> None:
        with wave.open(made, "wb") as wav:
            wav.setparams((1, SAMPLE_BYTES, SAMPLE_RATE_HZ, 0, "NONE", ""))
            for chunk in self.chunks():
                wav.writeframesraw(chunk)


@contextmanager
def new_reel(folder: Path, began_at: datetime) -> Iterator[Reel]:
    """A new recording in ``folder``, which is made if it is not there.

    Raises
    ------
    ReelError
        The folder cannot be written to.
    """
    path = folder / began_at.astimezone(UTC).strftime(NAME)
    with told(path):
        for private in (folder.parent, folder):
            private.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        reel = Reel(path, os.fdopen(handle, "r+b", buffering=0))
        lock(handle)
    try:
        yield reel
    finally:
        reel.close()


def left_behind(folder: Path) -> Iterator[Reel]:
    """Recordings that no process is making any more, the oldest first; each is closed after use."""
    for path in sorted(folder.glob(PATTERN)):
        with told(path), path.open("r+b", buffering=0) as file:
            if lock(file.fileno()):
                yield Reel(path, file)


def lock(handle: int) -> bool:
    """Take the lock of an open file, for as long as it is open; False if another has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell what the file system refuses in one sentence."""
    try:
        yield
    except OSError as fault:
        raise ReelError(f"'{path}' cannot be written or read: {fault.strerror}") from fault
