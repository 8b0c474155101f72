"""From speech to windows: phrases, and where a long one is cut.

Speech with gaps of at most half a second is one phrase, gaps included. A phrase of at most eight
seconds is one window; of a longer one, windows of six seconds every five are taken while more than
eight remain, and what remains (three to eight) is the last. Each window is known as soon as the
phrase has grown past it.

>>> phrase = Phrase()
>>> phrase.grow(0, 9 * SAMPLE_RATE_HZ), phrase.end()
([(0, 96000)], [(80000, 144000)])
"""

from sottovoce.domain import SAMPLE_RATE_HZ

MAX_GAP_SAMPLES = round(0.5 * SAMPLE_RATE_HZ)
MAX_WINDOW_SAMPLES = 8 * SAMPLE_RATE_HZ
WINDOW_SAMPLES = 6 * SAMPLE_RATE_HZ
HOP_SAMPLES = 5 * SAMPLE_RATE_HZ

Span = tuple[int, int]


class Phrase:
    """The phrase being spoken in one stream, in samples; empty between phrases."""

    def __init__(self) -> None:
        self._cursor: int | None = None
        self._end = 0

    @property
    def needed_from(self) -> int | None:
        """The first sample that a window still to come will hold; None between phrases."""
        return self._cursor

    @property
    def under_way(self) -> Span | None:
        """The window still to come, as far as its speech is certain; None between phrases."""
        return None if self._cursor is None else (self._cursor, self._end)

    def grow(self, start: int, end: int) -> list[Span]:
        """Speech from ``start`` to ``end`` is certain; the windows that are now certain."""
        spans = self.settle(start)
        if self._cursor is None:
            self._cursor = start
        self._end = max(self._end, end)
        while self._end - self._cursor > MAX_WINDOW_SAMPLES:
            spans.append((self._cursor, self._cursor + WINDOW_SAMPLES))
            self._cursor += HOP_SAMPLES
        return spans

    def settle(self, next_start: int) -> list[Span]:
        """No more speech before ``next_start``: the last window, if that ends the phrase."""
        return self.end() if next_start - self._end > MAX_GAP_SAMPLES else []

    def end(self) -> list[Span]:
        """End the phrase: its last window, if there is one."""
        spans = [] if self._cursor is None else [(self._cursor, self._end)]
        self._cursor = None
        return spans
