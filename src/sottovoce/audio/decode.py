"""Decoding: a file, bytes or standard input in; 16 kHz mono float32 in [-1, 1), finite, out.

FFmpeg does it, in a process of its own with limits on what it may use
(:mod:`sottovoce.audio.worker`); this side opens the file and checks every block that comes back.
Each trouble is one sentence. Everything behind this door believes what it promises.

>>> import io, wave
>>> with wave.open(memo := io.BytesIO(), "wb") as file:
...     file.setparams((2, 2, 8000, 0, "NONE", ""))
...     file.writeframes(bytes(4 * 8000))
>>> recording = decode(memo.getvalue())
>>> recording.source, recording.duration_s, recording.samples.dtype
('<bytes>', 1.0, dtype('float32'))
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import TracebackType
from typing import Self

import numpy as np

from sottovoce.audio.child import Child
from sottovoce.audio.limits import Limits
from sottovoce.audio.source import Source, open_source, source_name
from sottovoce.audio.stream import DecodeStream, StreamInfo
from sottovoce.domain import FloatArray, Recording
from sottovoce.errors import SottovoceError

__all__ = ["DecodeStream", "Decoder", "Limits", "Source", "StreamInfo", "decode"]


class Decoder:
    """Decodes one recording after another in one child process.

    The process starts with the decoder, in the background, and is replaced when a file makes it
    crash or exceed a limit, or is left before its end. Use it as a context manager; one decoder
    reads one recording at a time, so give each thread its own.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child = Child(self.limits.memory_bytes)
        self._turns = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The number of the child process that decodes now."""
        return self._child.pid

    def close(self) -> None:
        """End the child process; the decoder reads no more."""
        self._closed = True
        self._child.kill()

    @contextmanager
    def stream(self, source: Source, name: str | None = None) -> Iterator[DecodeStream]:
        """Open a recording whose sound is read block by block, in bounded memory.

        ``source`` is a path, encoded bytes, or a binary stream such as standard input; ``name`` is
        what results and sentences call it.

        Raises
        ------
        InputError
            It is missing, forbidden, empty, damaged, without a sound track, or over a limit: see
            :mod:`sottovoce.errors` for the kinds.
        """
        called = name or source_name(source)
        with (
            open_source(source, called, self.limits.spool_bytes) as encoded,
            self._turn() as child,
            closing(DecodeStream(encoded, child, self.limits)) as stream,
        ):
            yield stream

    @contextmanager
    def _turn(self) -> Iterator[Child]:
        if not self._turns.acquire(blocking=False):
            raise SottovoceError("a Decoder reads one recording at a time; make another Decoder")
        try:
            yield self._living()
        finally:
            if self._child.answering:
                self._child.kill()
            self._turns.release()

    def _living(self) -> Child:
        if self._closed:
            raise SottovoceError("this Decoder is closed; make another Decoder")
        if not self._child.alive:
            self._child.kill()
            self._child = Child(self.limits.memory_bytes)
        return self._child

    def decode(self, source: Source, name: str | None = None) -> Recording:
        """Decode a whole recording into memory (230 MB an hour).

        Raises
        ------
        InputError
            As :meth:`stream` and its blocks.
        """
        sound = bytearray()
        with self.stream(source, name) as stream:
            for block in stream.blocks():
                sound.extend(block.data)
        return Recording(
            samples=_frozen(sound),
            source=stream.info.source,
            sha256=stream.sha256,
            started_at=stream.info.started_at,
        )


def decode(source: Source, name: str | None = None, limits: Limits | None = None) -> Recording:
    """Decode one recording; for many, a :class:`Decoder` keeps its child process.

    Raises
    ------
    InputError
        As :meth:`Decoder.stream`.
    """
    with Decoder(limits) as decoder:
        return decoder.decode(source, name)


def _frozen(sound: bytearray) -> FloatArray:
    samples = np.frombuffer(sound, dtype=np.float32)
    samples.flags.writeable = False
    return samples
