"""The parent's hold on one decoder process: start it, hand it a file, read its frames, end it."""

import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from sottovoce.audio.protocol import HEADER, LAST_KINDS, MAX_PAYLOAD_BYTES, Kind

ENDING_S = 1.0
"""How long a process that closed its end may take to be gone."""

_CODES = frozenset(kind.value for kind in Kind)


class ChildStoppedError(Exception):
    """The process ended, or spoke out of turn, while something was expected of it."""


class Child:
    """A running ``sottovoce.audio.worker``.

    It starts in the background: the constructor returns before the decoder is ready. It runs in a
    session of its own, so that Ctrl-C reaches the parent only, and ends when the parent does.
    ``answering`` is True from a request to the frame that ends its answer.
    """

    def __init__(self, memory_bytes: int) -> None:
        self.answering = False
        self._channel, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "sottovoce.audio.worker", str(memory_bytes)]
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def request(self, demuxer: str, descriptor: int) -> None:
        """Ask for the sound of an open file.

        Raises
        ------
        ChildStoppedError
            The process has ended.
        """
        try:
            socket.send_fds(self._channel, [demuxer.encode()], [descriptor])
        except ConnectionError as error:
            raise ChildStoppedError(self._ending()) from error
        self.answering = True

    def receive(self, timeout_s: float) -> tuple[Kind, bytearray]:
        """The next frame.

        Raises
        ------
        TimeoutError
            It did not come within ``timeout_s``.
        ChildStoppedError
            The process ended, was asked for nothing, or sent what is no frame.
        """
        if not self.answering:
            raise ChildStoppedError("nothing was asked of it")
        deadline_s = time.monotonic() + timeout_s
        code, size = HEADER.unpack(self._read(HEADER.size, deadline_s))
        if code not in _CODES or size > MAX_PAYLOAD_BYTES:
            raise ChildStoppedError(f"frame {code!r} of {size} bytes")
        kind = Kind(code)
        self.answering = kind not in LAST_KINDS
        return kind, self._read(size, deadline_s)

    def _read(self, size: int, deadline_s: float) -> bytearray:
        data = bytearray(size)
        rest = memoryview(data)
        while rest:
            self._channel.settimeout(max(deadline_s - time.monotonic(), 1e-3))
            try:
                count = self._channel.recv_into(rest)
            except ConnectionError:
                count = 0
            if count == 0:
                raise ChildStoppedError(self._ending())
            rest = rest[count:]
        return data

    def _ending(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING_S)  # it is on its way out; its own status says most
        self.kill()
        status = self._process.returncode
        return f"exit status {status}" if status >= 0 else signal.Signals(-status).name

    def kill(self) -> None:
        """End the process now; nothing in it needs saving."""
        self.answering = False
        self._channel.close()
        self._process.kill()
        self._process.wait()
