"""Bytes on their way from one who may not wait to one who waits for them.

>>> ring = Ring(4)
>>> ring.put(b"abc"), ring.put(b"de")
(None, None)
>>> ring.take(0.0), ring.lost_bytes()
(b'abc', 2)
"""

import threading


class Ring:
    """Holds so many bytes; what does not fit whole is left out and counted."""

    def __init__(self, capacity_bytes: int) -> None:
        self._held = bytearray(capacity_bytes)
        self._start, self._size, self._lost = 0, 0, 0
        self._changed = threading.Condition()

    def put(self, data: bytes) -> None:
        """Append, or leave out: never waits for the reader."""
        with self._changed:
            if self._size + len(data) > len(self._held):
                self._lost += len(data)
                return
            self._write((self._start + self._size) % len(self._held), data)
            self._size += len(data)
            self._changed.notify()

    def take(self, timeout_s: float) -> bytes:
        """All that is held, waiting so long for something; empty when nothing came."""
        with self._changed:
            self._changed.wait_for(lambda: self._size, timeout_s)
            end = self._start + self._size
            taken = self._held[self._start : end] + self._held[: max(0, end - len(self._held))]
            self._start, self._size = end % len(self._held), 0
            return bytes(taken)

    def lost_bytes(self) -> int:
        """How many bytes were left out since this was last asked."""
        with self._changed:
            lost, self._lost = self._lost, 0
            return lost

    def _write(self, at: int, data: bytes) -> None:
        first = min(len(data), len(self._held) - at)
        self._held[at : at + first] = data[:first]
        self._held[: len(data) - first] = data[first:]
