"""The voiced stretches of a window, and the pitch between their frames.

>>> track = PitchTrack(np.float32([np.nan, 100, 100, np.nan]), np.ones(4, np.float32))
>>> [stretch] = stretches(track)
>>> stretch.start_samples, stretch.end_samples, round(float(stretch.cycles[-1]), 6)
(160.0, 480.0, 2.0)
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.pitch import PitchTrack

Positions = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stretch:
    """One voiced stretch: times in samples and pitch there, constant in its outer half frames."""

    time_samples: Positions
    f0_hz: Positions

    @property
    def start_samples(self) -> float:
        """Where the first voiced frame begins."""
        return float(self.time_samples[0])

    @property
    def end_samples(self) -> float:
        """Where the last voiced frame ends."""
        return float(self.time_samples[-1])

    @cached_property
    def cycles(self) -> Positions:
        """How many cycles have passed at each time since the start."""
        mean_hz = (self.f0_hz[1:] + self.f0_hz[:-1]) / 2
        steps = np.diff(self.time_samples) * mean_hz / SAMPLE_RATE_HZ
        return np.concatenate([[0.0], np.cumsum(steps)])


def stretches(pitch: PitchTrack) -> list[Stretch]:
    """The runs of voiced frames in order of time."""
    voiced = np.flatnonzero(pitch.voiced)
    if not len(voiced):
        return []
    runs = np.split(voiced, np.flatnonzero(np.diff(voiced) > 1) + 1)
    return [_stretch(int(run[0]), pitch.f0_hz[run]) for run in runs]


def _stretch(first: int, f0_hz: FloatArray) -> Stretch:
    start, end = first * HOP_SAMPLES, (first + len(f0_hz)) * HOP_SAMPLES
    centres = np.arange(start + HOP_SAMPLES / 2, end, HOP_SAMPLES)
    hertz = np.concatenate([f0_hz[:1], f0_hz, f0_hz[-1:]]).astype(np.float64)
    return Stretch(np.concatenate([[start], centres, [end]]), hertz)


def period_at(position: Positions, voiced: list[Stretch]) -> Positions:
    """The period in samples at each position, float64, from the nearest stretch."""
    time = np.concatenate([stretch.time_samples for stretch in voiced])
    hertz = np.concatenate([stretch.f0_hz for stretch in voiced])
    period: Positions = SAMPLE_RATE_HZ / np.interp(position, time, hertz)
    return period
