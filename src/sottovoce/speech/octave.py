"""The same sound an octave lower, at half the speed: what a tape does when it runs slowly.

Silero misses many shrill voices (screams, children) and hears them when they are played low.

>>> slow = HalfSpeed().play(np.ones(64, dtype=np.float32))
>>> len(slow), round(float(slow[-1]), 3)
(128, 1.0)
"""

import numpy as np

from sottovoce.domain import FloatArray

TAPS = 20  # of the interpolating filter: flat to 0.8 of the band
KAISER_BETA = 5.0


def _halfway_filter() -> FloatArray:
    """Windowed sinc that gives the value halfway between two samples, float32 [TAPS], sum 1."""
    place = np.arange(TAPS) - (TAPS - 1) / 2
    taps = np.sinc(place) * np.kaiser(TAPS, KAISER_BETA)
    return np.asarray(taps / taps.sum(), dtype=np.float32)


class HalfSpeed:
    """Doubles the number of samples of a stream, block by block, half a millisecond behind it."""

    _filter = _halfway_filter()

    def __init__(self) -> None:
        self._tail = np.zeros(TAPS - 1, dtype=np.float32)

    def play(self, samples: FloatArray) -> FloatArray:
        """The next samples, each followed by the value halfway to its neighbour, float32 [2 n]."""
        heard = np.concatenate((self._tail, samples))
        self._tail = heard[-(TAPS - 1) :]
        n, middle = len(samples), TAPS // 2 - 1
        slow = np.empty(2 * n, dtype=np.float32)
        slow[0::2] = heard[middle : middle + n]
        slow[1::2] = sum(tap * heard[k : k + n] for k, tap in enumerate(self._filter))
        return slow
