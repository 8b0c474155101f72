"""A recording as a curve to look at: how loud its loudest sample is in each short stretch.

>>> found = waveform_of([np.array([0.25, -0.5], dtype=np.float32)])
>>> found.duration_s, found.peaks.tolist()
(0.000125, [0.5000076293945312])
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

PEAK_SAMPLES = SAMPLE_RATE_HZ // 100
MOST_PEAKS = 1 << 14
"""Stretches are 10 ms; in recordings of more than 2.7 minutes longer, so that there are no more."""

FULL_SCALE = np.float32(65_535)
HEAD = struct.Struct("<d")


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """``peaks`` are float32, 0..1, over equal stretches (the last one may be shorter).

    They are whole shares of 65,535, so that they are the same once packed and unpacked.
    """

    duration_s: float
    peaks: FloatArray

    def drawn(self, columns: int) -> FloatArray:
        """At most that many peaks over equal shares; as many as there are where those are fewer.

        >>> Waveform(0.04, np.array([0.1, 0.4, 0.2, 0.3], dtype=np.float32)).drawn(2).tolist()
        [0.4000000059604645, 0.30000001192092896]
        """
        if len(self.peaks) <= columns:
            return self.peaks
        return np.maximum.reduceat(self.peaks, np.arange(columns) * len(self.peaks) // columns)

    def to_bytes(self) -> bytes:
        """It in few bytes."""
        packed = np.rint(self.peaks * FULL_SCALE).astype(np.dtype("<u2")).tobytes()
        return HEAD.pack(self.duration_s) + bytes(packed)

    @classmethod
    def from_bytes(cls, packed: bytes) -> Self:
        """It again."""
        (duration_s,) = HEAD.unpack_from(packed)
        peaks = np.frombuffer(packed, dtype="<u2", offset=HEAD.size)
        return cls(duration_s, peaks.astype(np.float32) / FULL_SCALE)


def waveform_of(blocks: Iterable[FloatArray]) -> Waveform:
    """The waveform of sound in blocks of one second, the last one shorter."""
    parts, n_samples = [np.zeros(0, dtype=np.float32)], 0
    for block in blocks:
        n_samples += len(block)
        parts.append(peaks_of(np.abs(block), PEAK_SAMPLES))
    peaks = np.concatenate(parts)
    while len(peaks) > MOST_PEAKS:
        peaks = peaks_of(peaks, 2)
    return Waveform(n_samples / SAMPLE_RATE_HZ, np.rint(peaks * FULL_SCALE) / FULL_SCALE)


def peaks_of(values: FloatArray, length: int) -> FloatArray:
    """The largest of each ``length`` values that are not negative, the last ones fewer.

    >>> peaks_of(np.array([1.0, 3.0, 2.0], dtype=np.float32), 2).tolist()
    [3.0, 2.0]
    """
    padded = np.pad(values, (0, -len(values) % length))
    found: FloatArray = padded.reshape(-1, length).max(axis=1)
    return found
