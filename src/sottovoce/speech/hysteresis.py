"""From probabilities to runs of speech frames: hysteresis, shortest speech, shortest silence.

>>> heard = Hysteresis()
>>> [run for p in [0.75] * 10 + [0.0] * 4 if (run := heard.hear(p))]
[Run(start=0, end=10, probability=0.75)]
"""

from dataclasses import dataclass

ENTER = 0.35  # speech begins at this probability
LEAVE = 0.15  # and is doubted below this one
MIN_SPEECH_FRAMES = 8  # 0.256 s: a breath or a click is no word
MIN_SILENCE_FRAMES = 4  # 0.128 s: the closure of a stop is no pause


@dataclass(frozen=True, slots=True)
class Run:
    """Frames ``start`` to ``end`` (exclusive) are speech, with this mean probability."""

    start: int
    end: int
    probability: float


class Hysteresis:
    """Hears the probabilities of one stream, a frame at a time."""

    def __init__(self) -> None:
        self._frame = 0
        self._sum = 0.0
        self._start: int | None = None
        self._sum_at_start = 0.0
        self._quiet: int | None = None
        self._sum_at_quiet = 0.0

    def hear(self, probability: float) -> Run | None:
        """Take the next frame; the run that it shows to have ended, or None."""
        self._follow(probability)
        self._frame += 1
        self._sum += probability
        silent = self._quiet is not None and self._frame - self._quiet >= MIN_SILENCE_FRAMES
        return self.finish() if silent else None

    def finish(self) -> Run | None:
        """End the run that is open; None if there is none, or it is too short to be speech."""
        run = self.sure
        self._start = self._quiet = None
        return run

    @property
    def sure(self) -> Run | None:
        """The open run as far as it is certain; None while it may prove too short."""
        if self._start is None:
            return None
        end, total = self._frame, self._sum
        if self._quiet is not None:
            end, total = self._quiet, self._sum_at_quiet
        n_frames = end - self._start
        if n_frames < MIN_SPEECH_FRAMES:
            return None
        return Run(self._start, end, (total - self._sum_at_start) / n_frames)

    @property
    def earliest(self) -> int:
        """The first frame at which a run not yet ended begins, or may begin."""
        return self._frame if self._start is None else self._start

    def _follow(self, probability: float) -> None:
        if probability >= ENTER:
            self._quiet = None
            if self._start is None:
                self._start, self._sum_at_start = self._frame, self._sum
        elif probability < LEAVE and self._start is not None and self._quiet is None:
            self._quiet, self._sum_at_quiet = self._frame, self._sum
