"""What a recording is worth: levels, clipping, noise, speech, and a verdict with its reasons.

The meter takes a stream in pieces of any size and keeps four bytes for every 20 ms, so that each
can be given to speech or to a pause at the end.

>>> meter = QualityMeter()
>>> meter.push(np.zeros(16_000, dtype=np.float32))
>>> meter.finish([]).verdict
'unusable'
"""

from collections.abc import Sequence

import numpy as np

from sottovoce.audio.bandwidth import BandwidthMeter
from sottovoce.audio.blocks import Blocks
from sottovoce.audio.clipping import ClippingMeter
from sottovoce.audio.levels import decibels, frame_powers, speech_and_noise
from sottovoce.audio.verdict import Measured, judge
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Quality, Segment


class QualityMeter:
    """Measures one stream; :meth:`finish` says what it was worth.

    A constant offset counts nowhere: it is taken off second by second.
    """

    def __init__(self) -> None:
        self._blocks = Blocks(SAMPLE_RATE_HZ)
        self._clipping, self._bandwidth = ClippingMeter(), BandwidthMeter()
        self._powers: list[FloatArray] = []
        self._peak, self._n_samples = 0.0, 0

    def push(self, samples: FloatArray) -> None:
        """Take the next samples, float32 [n] in [-1, 1)."""
        for block in self._blocks.push(samples):
            self._measure(block)

    def finish(self, segments: Sequence[Segment]) -> Quality:
        """The quality of the whole stream, in which ``segments`` are speech."""
        rest = self._blocks.rest()
        if len(rest):
            self._measure(rest)
        powers = np.concatenate([np.zeros(0, dtype=np.float32), *self._powers])
        levels = speech_and_noise(powers, segments)
        return judge(
            Measured(
                peak_dbfs=decibels(self._peak**2) if self._peak else None,
                clipped_ratio=self._clipping.clipped_samples() / max(1, self._n_samples),
                noise_floor_dbfs=None if levels.noise is None else decibels(levels.noise),
                snr_db=levels.snr_db,
                speech_s=sum(segment.duration_s for segment in segments),
                telephone=self._bandwidth.telephone,
            )
        )

    def _measure(self, block: FloatArray) -> None:
        self._n_samples += len(block)
        self._peak = max(self._peak, float(np.abs(block - block.mean()).max()))
        self._powers.append(frame_powers(block))
        self._clipping.add(block)
        self._bandwidth.add(block)
