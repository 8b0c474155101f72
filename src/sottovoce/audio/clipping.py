"""How much of a recording was cut off at a ceiling, by how its samples pile up there.

A ceiling is the recording's own: what was clipped and then turned down, or resampled, is still
clipped. Peaks narrower than three samples are cut away (a morphological opening), since no ceiling
makes them. Of unclipped sounds a sine stays longest at its top: it spends as long in the last
hundredth below its peak as in the next three. Time beyond one and a half times that is clipping. A
resampler or a codec leaves ripples on the flat tops, so the same is asked of the last three
hundredths and the last tenth, and the largest answer is taken.

>>> meter = ClippingMeter()
>>> meter.add(np.repeat(np.float32([0.9, -0.9] * 10), 20))
>>> meter.clipped_samples()
400
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray

WIDTHS = (0.01, 0.03, 0.1)  # of the band at the top, as a share of the height of the peak
NEXT_BANDS = 3  # the band below is this many times as wide
SINE_MARGIN = 1.5  # times the samples of the band below may be in the top unclipped
MIN_HEIGHT = 0.25  # from the middle: sound that is lower than -12 dBFS met no ceiling
NARROWEST_SAMPLES = 3
BINS_PER_UNIT = 2048

Counts = npt.NDArray[np.int64]


class ClippingMeter:
    """Counts the samples of one stream by their level, in a few kilobytes."""

    def __init__(self) -> None:
        self._upper, self._lower = _Side(), _Side()
        self._sum, self._n_samples = 0.0, 0

    def add(self, block: FloatArray) -> None:
        """Take the next block, in [-1, 1); blocks must be cut the same way for the same result."""
        self._sum += float(np.sum(block, dtype=np.float64))
        self._n_samples += len(block)
        self._upper.add(block)
        self._lower.add(-block)

    def clipped_samples(self) -> int:
        """How many samples lie at a ceiling; 0 for a sine at full scale."""
        middle = self._sum / self._n_samples if self._n_samples else 0.0
        return self._upper.piled_up(middle) + self._lower.piled_up(-middle)


class _Side:
    """The levels on one side of the middle, counted upwards."""

    def __init__(self) -> None:
        self._counts: Counts = np.zeros(2 * BINS_PER_UNIT + 1, dtype=np.int64)
        self._peak = -1.0

    def add(self, samples: FloatArray) -> None:
        if len(samples) < NARROWEST_SAMPLES:
            return
        self._peak = max(self._peak, float(samples.max()))
        self._counts += np.bincount(_bin(opened(samples)), minlength=len(self._counts))

    def piled_up(self, middle: float) -> int:
        height = self._peak - middle
        if height < MIN_HEIGHT:
            return 0
        return max(self._excess(height * width) for width in WIDTHS)

    def _excess(self, width: float) -> int:
        n_bins, top = max(1, round(width * BINS_PER_UNIT)), int(_bin(np.float32(self._peak))) + 1
        split, floor = max(0, top - n_bins), max(0, top - (1 + NEXT_BANDS) * n_bins)
        below = int(self._counts[floor:split].sum())
        return max(0, int(self._counts[split:top].sum()) - int(SINE_MARGIN * below))


def opened(samples: FloatArray) -> FloatArray:
    """The sound with each peak narrower than three samples lowered to its third highest sample.

    >>> opened(np.float32([0, 9, 1, 0, 5, 6, 7, 0])).tolist()
    [0.0, 0.0, 0.0, 0.0, 5.0, 5.0, 5.0, 0.0]
    """
    lowest = np.minimum(np.minimum(samples[:-2], samples[1:-1]), samples[2:])
    ends = np.full(NARROWEST_SAMPLES - 1, -np.inf, dtype=np.float32)
    padded = np.concatenate((ends, lowest, ends))
    top: FloatArray = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    return top


def _bin(levels: FloatArray | np.float32) -> Counts:
    return np.asarray((levels + np.float32(1.0)) * BINS_PER_UNIT, dtype=np.int64)
