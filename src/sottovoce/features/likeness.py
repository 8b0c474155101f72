"""Which nearby stretch of sound is most like this one: one step from cycle to cycle.

>>> tone = np.sin(2 * np.pi * np.arange(4_000) / 80).astype(np.float32)
>>> at, period, onwards = (np.array([value]) for value in (2_000.0, 79.0, 1.0))
>>> shift, likeness = most_alike(Sound.of(tone), at, period, onwards)
>>> round(float(shift[0]), 2), round(float(likeness[0]), 3)
(80.0, 1.0)
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray
from sottovoce.features.autocorrelation import LONGEST_SAMPLES, parabola

NEAREST, FARTHEST = 0.8, 1.25  # where the next cycle may lie, in periods
MARGIN_SAMPLES = 6 * LONGEST_SAMPLES  # of silence on both sides, more than any step reaches
TINY = 1e-9

Positions = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Samples between two margins of silence, and their running energy from 0."""

    padded: FloatArray
    energy: Positions

    @classmethod
    def of(cls, samples: FloatArray) -> "Sound":
        """Prepare the samples of one window."""
        padded = np.pad(samples, MARGIN_SAMPLES)
        energy = np.cumsum(np.square(padded, dtype=np.float64))
        return cls(padded, np.concatenate([[0.0], energy]))

    def halved(self) -> "Sound":
        """The same sound at half the sample rate, by averages of two samples."""
        inside = self.padded[MARGIN_SAMPLES : len(self.padded) - MARGIN_SAMPLES]
        pairs = inside[: len(inside) // 2 * 2].reshape(-1, 2)
        return Sound.of(pairs.mean(axis=1))


def most_alike(
    sound: Sound, position: Positions, period: Positions, sign: Positions
) -> tuple[Positions, Positions]:
    """Shift in samples to the most alike cycle, and its correlation -1..1; each float64 [n].

    One ``period`` around each ``position`` is compared with the sound 0.8 to 1.25 periods later, or
    earlier where ``sign`` is -1. Positions may lie up to two longest periods outside the sound.
    """
    left = _floor(position - period / 2 + 0.5)
    width = _floor(position + period / 2 + 0.5) - left + 1
    nearest = position + sign * period * np.where(sign > 0, NEAREST, FARTHEST) - period / 2
    first = _floor(nearest)
    count = _floor(nearest + (FARTHEST - NEAREST) * period) + 2 - first
    return best_shift(sound, left, width, first, count)


def best_shift(
    sound: Sound, left: IntArray, width: IntArray, first: IntArray, count: IntArray
) -> tuple[Positions, Positions]:
    """Shift in samples and correlation of what is most like each piece of sound; float64 [n].

    A piece is ``width`` samples from ``left`` on; it is compared with those from ``first`` on and
    from the next ``count - 1`` samples on. A parabola through the best gives fractions of a sample.
    """
    likeness = _correlations(sound, left, width, first, count)
    best, height = _tops(likeness, count)
    return first - left + best, height


def _floor(value: Positions) -> IntArray:
    return np.floor(value).astype(np.intp)


def _correlations(
    sound: Sound, left: IntArray, width: IntArray, first: IntArray, count: IntArray
) -> FloatArray:
    """Normalised correlation of each template with each place it is shifted to, [n, places]."""
    left, first = left + MARGIN_SAMPLES, first + MARGIN_SAMPLES
    inside, places = np.arange(width.max()), np.arange(count.max())
    template = sound.padded[left[:, None] + inside] * (inside < width[:, None])
    region = sound.padded[first[:, None] + np.arange(len(inside) + len(places) - 1)]
    views = np.lib.stride_tricks.sliding_window_view(region, len(inside), axis=1)
    product = np.einsum("npw,nw->np", views, template)
    start = first[:, None] + places
    there = sound.energy[start + width[:, None]] - sound.energy[start]
    here = sound.energy[left + width] - sound.energy[left]
    likeness = product / np.sqrt(here[:, None] * there + TINY)
    return np.where(places < count[:, None], likeness, -1).astype(np.float32)


def _tops(likeness: FloatArray, count: IntArray) -> tuple[Positions, Positions]:
    best = likeness.argmax(axis=1)
    row, inner = np.arange(len(best)), np.clip(best, 1, count - 2)
    around = [likeness[row, inner + shift] for shift in (-1, 0, 1)]
    offset, height = parabola(*around)
    curved = inner == best
    return best + np.where(curved, offset, 0.0), np.where(curved, height, likeness[row, best])
