"""The sound of a session that may be kept, until it ends: sealed, in a file without a name.

The key is in memory alone, so that what a crash or a thief finds on the disk says nothing.

>>> from tempfile import gettempdir
>>> tape = Tape(Path(gettempdir()))
>>> tape.append(b"\\x01\\x00\\x02")
>>> b"".join(tape.pieces())[44:], len(tape.sha256())
(b'\\x01\\x00', 64)
>>> tape.close()
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile

from sottovoce.audio.pcm import SAMPLE_BYTES
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.journal.errors import DiskFullError
from sottovoce.journal.sounds import Sound
from sottovoce.journal.vault import CHUNK_BYTES, new_key, seal_chunk, unseal_chunk

NAME = "tape"
CHUNK, FORMAT = struct.Struct("<4sI"), struct.Struct("<4sIHHIIHH")
SEALED_BYTES = CHUNK_BYTES + 16  # a chunk and its tag


class Tape:
    """16-bit mono PCM at 16 kHz in, a wav file out; whole samples only.

    Parameters
    ----------
    folder
        On whose disk it is.
    """

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 (see close)
        self._key = new_key()
        self._held = bytearray()
        self._chunks = 0
        self._torn = False

    def append(self, sound: bytes) -> None:
        """Take the sound that follows; where the disk is full, :meth:`sound` says so."""
        self._held += sound
        while len(self._held) >= CHUNK_BYTES:
            whole = bytes(self._held[:CHUNK_BYTES])
            sealed = seal_chunk(whole, self._key, self._chunks, last=False, whose=NAME)
            try:
                self._torn |= self._file.write(sealed) != SEALED_BYTES
            except (OSError, ValueError):  # full, or closed meanwhile
                self._torn = True
            del self._held[:CHUNK_BYTES]
            self._chunks += 1

    def forget_half(self) -> None:
        """Drop half a sample at the end: its other half will not come."""
        del self._held[len(self._held) - len(self._held) % SAMPLE_BYTES :]

    def sha256(self) -> str:
        """That of the wav file, in hexadecimal."""
        digest = sha256()
        with suppress(DiskFullError):
            for piece in self.pieces():
                digest.update(piece)
        return digest.hexdigest()

    def sound(self, audio_sha256: str) -> Sound:
        """The wav file, to be kept with an entry."""
        return Sound(self.pieces(), audio_sha256, ".wav")

    def pieces(self) -> Iterator[bytes]:
        """The wav file, piece by piece.

        Raises
        ------
        DiskFullError
            There was no room for all of it.
        """
        if self._torn:
            raise DiskFullError("there was no room for the sound; free some and record again")
        self.forget_half()
        yield head_of(self._chunks * CHUNK_BYTES + len(self._held))
        self._file.seek(0)
        for number in range(self._chunks):
            sealed = self._file.read(SEALED_BYTES)
            yield unseal_chunk(sealed, self._key, number, last=False, whose=NAME)
        self._file.seek(0, os.SEEK_END)
        yield bytes(self._held)

    def close(self) -> None:
        """Forget it; a file without a name is gone once it is closed."""
        self._file.close()


def head_of(size_bytes: int) -> bytes:
    """The head of a wav file with so many bytes of sound.

    >>> len(head_of(3_200_000))
    44
    """
    rate, block = SAMPLE_RATE_HZ, SAMPLE_BYTES
    kind = FORMAT.pack(b"fmt ", 16, 1, 1, rate, rate * block, block, 8 * block)
    data = CHUNK.pack(b"data", size_bytes)
    riff = CHUNK.pack(b"RIFF", len(b"WAVE" + kind + data) + size_bytes)
    return riff + b"WAVE" + kind + data
