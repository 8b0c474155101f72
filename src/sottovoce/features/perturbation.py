"""How even the voice is from cycle to cycle: jitter of the periods, shimmer of the amplitudes.

Definitions and limits are those of Praat's manual ("Voice 2. Jitter", "Voice 3. Shimmer"): periods
of 0.1 to 20 ms count, and pairs of them that differ by less than a factor of 1.3 (amplitudes: 1.6).
For a healthy held vowel jitter lies below about 0.01 and shimmer below about 0.35 dB; running
speech has more of both, since its pitch and its loudness move.

>>> even = Pulses(position_samples=np.arange(0, 2_000, 100.0), amplitude=np.ones(20))
>>> jitter_ratio(even), shimmer_db(even)
(0.0, 0.0)
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.contour import Positions
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.pulses import LONGEST_PERIOD_SAMPLES, Pulses

SHORTEST_PERIOD_SAMPLES = 0.0001 * SAMPLE_RATE_HZ
PERIOD_FACTOR = 1.3
AMPLITUDE_FACTOR = 1.6
FEWEST_PAIRS = 5  # of cycles, for a mean to be worth giving

BoolArray = npt.NDArray[np.bool_]


def jitter_ratio(pulses: Pulses) -> float | None:
    """Mean absolute difference of consecutive periods over the mean period; None if too few.

    >>> uneven = np.cumsum(np.tile([99.0, 101.0], 10))
    >>> round(jitter_ratio(Pulses(uneven, np.ones(20))), 3)
    0.02
    """
    period = np.diff(pulses.position_samples)
    pair = _even_pairs(period)
    if pair.sum() < FEWEST_PAIRS:
        return None
    difference = np.abs(np.diff(period))[pair].mean()
    return float(difference / period[_plausible(period)].mean())


def shimmer_db(pulses: Pulses) -> float | None:
    """Mean absolute difference of consecutive amplitudes in decibels; None if too few.

    >>> uneven = np.tile([1.0, 1.1], 10)
    >>> round(shimmer_db(Pulses(np.arange(0, 2_000, 100.0), uneven)), 3)
    0.828
    """
    step_db = _amplitude_steps_db(pulses)
    defined = ~np.isnan(step_db)
    return float(step_db[defined].mean()) if defined.sum() >= FEWEST_PAIRS else None


def jitter_local(pulses: Pulses, n_frames: int) -> FloatArray:
    """Jitter around each frame, a ratio, float32 [n_frames]; NaN where no two periods lie near.

    Each pair of periods counts in the frame of the pulse between them and in the two beside it.
    """
    period = np.diff(pulses.position_samples)
    ratio = np.abs(np.diff(period)) / ((period[1:] + period[:-1]) / 2)
    ratio[~_even_pairs(period)] = np.nan
    return _on_frames(pulses.position_samples[1:-1], ratio, n_frames)


def shimmer_local_db(pulses: Pulses, n_frames: int) -> FloatArray:
    """Shimmer around each frame in decibels, float32 [n_frames]; NaN where there is none near."""
    position = pulses.position_samples
    return _on_frames((position[1:] + position[:-1]) / 2, _amplitude_steps_db(pulses), n_frames)


def _plausible(period: Positions) -> BoolArray:
    return (period >= SHORTEST_PERIOD_SAMPLES) & (period <= LONGEST_PERIOD_SAMPLES)


def _even_pairs(period: Positions) -> BoolArray:
    """Which consecutive periods belong to one voice, bool [periods - 1]."""
    plausible = _plausible(period)
    shorter, longer = np.minimum(period[1:], period[:-1]), np.maximum(period[1:], period[:-1])
    return plausible[1:] & plausible[:-1] & (longer <= PERIOD_FACTOR * shorter)


def _amplitude_steps_db(pulses: Pulses) -> Positions:
    """Difference of each two consecutive amplitudes, NaN where they do not belong together."""
    period = np.diff(pulses.position_samples)
    amplitude = np.full(len(pulses.amplitude), np.nan)
    amplitude[1:-1] = np.where(_even_pairs(period), pulses.amplitude[1:-1], np.nan)
    step_db = np.abs(np.diff(20 * np.log10(amplitude)))
    together = _plausible(period) & (step_db <= 20 * np.log10(AMPLITUDE_FACTOR))
    return np.where(together, step_db, np.nan)


def _on_frames(position: Positions, value: Positions, n_frames: int) -> FloatArray:
    """Mean of the values within a frame and the two beside it, NaN where there are none."""
    frame = (position // HOP_SAMPLES).astype(np.intp)
    known = ~np.isnan(value) & (frame >= 0) & (frame < n_frames)
    place = frame[known] + 1
    count = _with_neighbours(np.bincount(place, minlength=n_frames + 2))
    total = _with_neighbours(np.bincount(place, value[known], n_frames + 2))
    return np.where(count > 0.5, total / np.maximum(count, 1), np.nan).astype(np.float32)


def _with_neighbours(total: npt.NDArray[np.float64] | npt.NDArray[np.intp]) -> Positions:
    return np.asarray(total[:-2] + total[1:-1] + total[2:], dtype=np.float64)
