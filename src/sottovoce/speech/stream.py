"""Speech in a stream of any length: segments and windows as soon as they are certain.

>>> stream = SpeechStream()
>>> stream.push(np.zeros(24_000, dtype=np.float32)), stream.finish(), stream.duration_s
([], [], 1.5)
"""

import numpy as np

from sottovoce.audio.blocks import Blocks
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Segment, Window
from sottovoce.errors import SottovoceError
from sottovoce.speech.activity import BLOCK_SAMPLES, VoiceActivity
from sottovoce.speech.ear import FRAME_SAMPLES
from sottovoce.speech.hysteresis import Hysteresis, Run
from sottovoce.speech.phrases import Phrase, Span
from sottovoce.speech.tape import Tape

PADDING_FRAMES = 1  # 32 ms before and after: the soft edges of words
_CLOSED = "this SpeechStream is finished; make another one for the next recording"


class SpeechStream:
    """Finds speech in one stream of 16 kHz sound, pushed in blocks of any length.

    Segments, windows and their samples are the same, bit for bit, however the stream is cut, and
    depend on nothing after them. At most about ten seconds of sound are held.
    """

    def __init__(self) -> None:
        self._activity, self._hysteresis = VoiceActivity(), Hysteresis()
        self._phrase, self._tape = Phrase(), Tape()
        self._blocks = Blocks(BLOCK_SAMPLES)
        self._segments: list[Segment] = []
        self._n_samples = 0
        self._finished = False

    @property
    def segments(self) -> list[Segment]:
        """Stretches of speech that have ended, in order of time, none touching another."""
        return list(self._segments)

    @property
    def n_samples(self) -> int:
        """Samples pushed so far."""
        return self._n_samples

    @property
    def duration_s(self) -> float:
        """Seconds pushed so far."""
        return self._n_samples / SAMPLE_RATE_HZ

    @property
    def held_s(self) -> float:
        """Seconds of sound kept in memory for windows that are not yet certain."""
        return self._tape.held_samples / SAMPLE_RATE_HZ

    @property
    def speaking(self) -> bool:
        """Whether the last that was heard is certainly speech."""
        return self._hysteresis.sure is not None

    def latest(self, most_s: float) -> Window | None:
        """The end of the phrase under way, of at most ``most_s`` seconds; None between phrases."""
        span = self._phrase.under_way
        if span is None:
            return None
        start, end = span
        return self._tape.window(max(start, end - round(most_s * SAMPLE_RATE_HZ)), end)

    def push(self, samples: FloatArray) -> list[Window]:
        """Hear the next samples, float32 [n] in [-1, 1); the windows that are now certain."""
        if self._finished:
            raise SottovoceError(_CLOSED)
        self._n_samples += len(samples)
        return [window for block in self._blocks.push(samples) for window in self._hear(block)]

    def finish(self) -> list[Window]:
        """The stream is over: the windows that remain."""
        if self._finished:
            raise SottovoceError(_CLOSED)
        self._finished = True
        rest = self._blocks.rest()
        padded = np.pad(rest, (0, BLOCK_SAMPLES - len(rest)))
        windows = self._hear(padded, -(-len(rest) // FRAME_SAMPLES)) if len(rest) else []
        spans = self._take(self._hysteresis.finish()) + self._phrase.end()
        return windows + [self._tape.window(*span) for span in spans]

    def _hear(self, block: FloatArray, n_frames: int | None = None) -> list[Window]:
        probabilities = self._activity.hear(block)
        self._tape.record(block, probabilities)
        windows: list[Window] = []
        for probability in probabilities[:n_frames].tolist():
            windows += [self._tape.window(*span) for span in self._follow(probability)]
        self._tape.forget_before(self._needed_from())
        return windows

    def _follow(self, probability: float) -> list[Span]:
        ended = self._hysteresis.hear(probability)
        if ended:
            return self._take(ended)
        if run := self._hysteresis.sure:
            return self._phrase.grow(self._starts(run.start), self._ends(run.end))
        return self._phrase.settle(self._starts(self._hysteresis.earliest))

    def _take(self, run: Run | None) -> list[Span]:
        """Keep a run that has ended, with its padding."""
        if run is None:
            return []
        start, end = self._starts(run.start), self._ends(run.end + PADDING_FRAMES)
        place = Segment(start / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ, run.probability)
        self._segments.append(place)
        return self._phrase.grow(start, end)

    def _needed_from(self) -> int:
        coming = self._starts(self._hysteresis.earliest)
        window = self._phrase.needed_from
        return coming if window is None else min(window, coming)

    @staticmethod
    def _starts(frame: int) -> int:
        return max(0, frame - PADDING_FRAMES) * FRAME_SAMPLES

    def _ends(self, frame: int) -> int:
        return min(frame * FRAME_SAMPLES, self._n_samples)


def find_windows(samples: FloatArray) -> list[Window]:
    """Windows of a whole recording, float32 [n] at 16 kHz: see :class:`SpeechStream`.

    >>> find_windows(np.zeros(0, dtype=np.float32))
    []
    """
    stream = SpeechStream()
    return stream.push(samples) + stream.finish()


def find_segments(samples: FloatArray) -> list[Segment]:
    """Stretches of speech of a whole recording, float32 [n] at 16 kHz."""
    stream = SpeechStream()
    stream.push(samples)
    stream.finish()
    return stream.segments
