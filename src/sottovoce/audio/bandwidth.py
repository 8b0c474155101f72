"""Whether sound reaches above 4 kHz, where a telephone ends.

>>> meter = BandwidthMeter()
>>> meter.add(np.sin(np.arange(16_000, dtype=np.float32)))
>>> meter.telephone
True
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

ABOVE_TELEPHONE_HZ = 4_300
FLOOR_HZ = 100  # hum and rumble below count as neither
TELEPHONE_RATIO = 10 ** (-60 / 10)  # measured: -50 dB or more at 16 kHz, -86 or less at 8 kHz


class BandwidthMeter:
    """Sums the power of one stream below and above 4.3 kHz."""

    def __init__(self) -> None:
        self._all, self._above = 0.0, 0.0

    def add(self, block: FloatArray) -> None:
        """Take the next block, some thousand samples, in [-1, 1)."""
        n = len(block)
        spectrum = np.fft.rfft((block - block.mean()) * np.hanning(n).astype(np.float32))
        power = np.abs(spectrum).astype(np.float64) ** 2
        first, above = (-(-hertz * n // SAMPLE_RATE_HZ) for hertz in (FLOOR_HZ, ABOVE_TELEPHONE_HZ))
        self._all += float(power[first:].sum())
        self._above += float(power[above:].sum())

    @property
    def telephone(self) -> bool:
        """Whether there is sound, and next to none of it above 4.3 kHz."""
        return self._all > 0.0 and self._above < TELEPHONE_RATIO * self._all
