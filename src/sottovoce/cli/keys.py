"""Single keys from a terminal, and Ctrl-C as one of them; nothing where nobody sits."""

import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PAUSE = frozenset(" pP")
STOP = frozenset("\n\rqQ\x04")


class Keys:
    """What was pressed since it was last asked."""

    def __init__(self, terminal: int | None) -> None:
        self._terminal, self._interrupted = terminal, False

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        """Ctrl-C was pressed: it stops, like Enter."""
        self._interrupted = True

    def pressed(self) -> str:
        """The keys, in order; a Ctrl-C is an Enter."""
        typed = "\n" if self._interrupted else ""
        self._interrupted = False
        while self._terminal is not None and select.select([self._terminal], [], [], 0)[0]:
            key = os.read(self._terminal, 1).decode(errors="ignore")
            if not key:
                self._terminal = None
            typed += key
        return typed


@contextmanager
def listening_keys() -> Iterator[Keys]:
    """Keys of the terminal, one by one and unseen, for as long as the block lasts."""
    terminal = sys.stdin.fileno() if sys.stdin.isatty() else None
    keys = Keys(terminal)
    before = signal.signal(signal.SIGINT, keys.interrupt)
    was = None if terminal is None else termios.tcgetattr(terminal)
    try:
        if terminal is not None:
            tty.setcbreak(terminal)
        yield keys
    finally:
        signal.signal(signal.SIGINT, before)
        if terminal is not None and was is not None:
            termios.tcsetattr(terminal, termios.TCSADRAIN, was)
