"""The last seconds of a stream: its samples, and the probability of speech beside them.

>>> tape = Tape()
>>> tape.record(np.ones(BLOCK_SAMPLES, np.float32), np.full(8, 0.5, np.float32))
>>> tape.window(512, 1024).segment
Segment(start_s=0.032, end_s=0.064, speech_probability=0.5)
"""

from collections import deque

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Segment, Window
from sottovoce.speech.activity import BLOCK_SAMPLES
from sottovoce.speech.ear import FRAME_SAMPLES


class Tape:
    """Blocks of one stream from the first that is still needed."""

    def __init__(self) -> None:
        self._blocks: deque[tuple[FloatArray, FloatArray]] = deque()
        self._start = 0

    @property
    def held_samples(self) -> int:
        """How much sound is in memory."""
        return len(self._blocks) * BLOCK_SAMPLES

    def record(self, samples: FloatArray, probabilities: FloatArray) -> None:
        """Append a block."""
        self._blocks.append((samples, probabilities))

    def forget_before(self, sample: int) -> None:
        """Drop the blocks that end before ``sample``."""
        while self._blocks and self._start + BLOCK_SAMPLES <= sample:
            self._blocks.popleft()
            self._start += BLOCK_SAMPLES

    def window(self, start: int, end: int) -> Window:
        """A copy of the samples from ``start`` to ``end`` (exclusive), with its place in time."""
        first = (start - self._start) // BLOCK_SAMPLES
        last = (end - 1 - self._start) // BLOCK_SAMPLES
        blocks = [self._blocks[i] for i in range(first, last + 1)]
        origin = self._start + first * BLOCK_SAMPLES
        samples = np.concatenate([block for block, _ in blocks])[start - origin : end - origin]
        frames = np.concatenate([chance for _, chance in blocks], dtype=np.float64)
        chance = frames[(start - origin) // FRAME_SAMPLES : -(-(end - origin) // FRAME_SAMPLES)]
        place = Segment(start / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ, float(chance.mean()))
        return Window(place, samples.copy())
