"""How loud it is now, with a word a person can act on while speaking.

The words go by the limits of the verdict on a whole recording, over the last seconds only.

>>> LevelMeter().hear(np.full(8_000, 0.1, np.float32)).word
'good'
"""

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sottovoce.audio.clipping import ClippingMeter
from sottovoce.audio.levels import decibels
from sottovoce.audio.verdict import SURE_CLIPPED_RATIO, SURE_PEAK_DBFS
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

RECENT_S = 5.0  # a breath, or a word to be found, is no quiet voice

Word = Literal["too quiet", "good", "clipping"]


@dataclass(frozen=True, slots=True)
class Level:
    """The level of the last piece of sound and its peak, in dB relative to full scale."""

    dbfs: float
    peak_dbfs: float
    word: Word


class LevelMeter:
    """Follows one stream, piece by piece."""

    def __init__(self) -> None:
        self._recent: deque[FloatArray] = deque()
        self._recent_samples = 0

    def hear(self, samples: FloatArray) -> Level:
        """The level of the next samples, float32 [n] in [-1, 1), n at least 1."""
        self._keep(samples)
        return Level(
            dbfs=decibels(float(np.mean(np.square(samples, dtype=np.float64)))),
            peak_dbfs=peak_dbfs(samples),
            word=self._word(),
        )

    def _keep(self, samples: FloatArray) -> None:
        self._recent.append(samples)
        self._recent_samples += len(samples)
        while self._recent_samples - len(self._recent[0]) >= RECENT_S * SAMPLE_RATE_HZ:
            self._recent_samples -= len(self._recent.popleft())

    def _word(self) -> Word:
        if self._clipped_ratio() > SURE_CLIPPED_RATIO:
            return "clipping"
        long_enough = self._recent_samples >= RECENT_S * SAMPLE_RATE_HZ
        if long_enough and max(map(peak_dbfs, self._recent)) < SURE_PEAK_DBFS:
            return "too quiet"
        return "good"

    def _clipped_ratio(self) -> float:
        meter = ClippingMeter()
        for piece in self._recent:
            meter.add(piece)
        return meter.clipped_samples() / self._recent_samples


def peak_dbfs(samples: FloatArray) -> float:
    """The largest sample in dB relative to full scale, not below -120.

    >>> peak_dbfs(np.float32([0.0, -0.5]))
    -6.020599913279624
    """
    return decibels(float(np.abs(samples).max()) ** 2)
