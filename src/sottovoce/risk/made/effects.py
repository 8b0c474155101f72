"""What is done to speech so that it sounds as heavy as is wished.

``heaviness`` is a number of standard deviations: above 0 pitch is flatter, speech slower, pauses
longer, as reviews describe (Cummins et al. 2015); below 0 the opposite. How much a deviation does
is a convention.
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.pitch import track_pitch
from sottovoce.training.augment.tempo import change_tempo

RANGE_PER_SD = 0.35  # log of the pitch range
TEMPO_PER_SD = 0.12  # log of the tempo
PAUSE_PER_SD = 0.60  # log of the pause
USUAL_PAUSE_S = 1.0  # so that the shortest, of a light voice, is still heard as a pause
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.3, 6.0
LARGEST = 3.0
SMOOTH_FRAMES = 11  # of 10 ms: the tape turns no faster than a melody


def heavier(samples: FloatArray, heaviness: float) -> FloatArray:
    """The same words with another pitch range and another tempo."""
    bounded = float(np.clip(heaviness, -LARGEST, LARGEST))
    flat = scaled_range(samples, float(np.exp(-RANGE_PER_SD * bounded)))
    return change_tempo(flat, float(np.exp(-TEMPO_PER_SD * bounded)))


def pause_s(heaviness: float, random: np.random.Generator) -> float:
    """How long to be silent between two sentences."""
    mean_s = USUAL_PAUSE_S * np.exp(PAUSE_PER_SD * np.clip(heaviness, -LARGEST, LARGEST))
    drawn_s = mean_s * np.exp(0.2 * random.standard_normal())
    return float(np.clip(drawn_s, SHORTEST_PAUSE_S, LONGEST_PAUSE_S))


def scaled_range(samples: FloatArray, factor: float) -> FloatArray:
    """Speech whose pitch strays ``factor`` times as far from its median, in semitones.

    The sound is played faster where pitch is to rise and slower where it is to fall, so formants
    and length move a little too.
    """
    found = track_pitch(samples).f0_hz
    if not np.isfinite(found).any():
        return samples
    speed = smooth(ratio(found, factor))
    centres = (np.arange(len(speed)) + 0.5) * SAMPLE_RATE_HZ / 100
    steps = np.interp(np.arange(len(samples)), centres, speed)
    place = np.cumsum(1.0 / steps)
    even = np.arange(0.0, place[-1])
    return np.interp(even, place, samples).astype(np.float32)


def ratio(f0_hz: FloatArray, factor: float) -> FloatArray:
    """By how much each frame's pitch is to change; 1 where there is none.

    >>> ratio(np.float32([100, 200, 400, np.nan]), 0.5).round(2).tolist()
    [1.409999966621399, 1.0, 0.7099999785423279, 1.0]
    """
    median = np.nanmedian(f0_hz)
    changed = (f0_hz / median) ** (factor - 1.0)
    return np.asarray(np.nan_to_num(changed, nan=1.0), dtype=np.float32)


def smooth(values: FloatArray) -> FloatArray:
    """A moving mean over 110 ms, of the same length."""
    reach = SMOOTH_FRAMES // 2
    padded = np.pad(values, reach, mode="edge")
    return np.convolve(padded, np.full(SMOOTH_FRAMES, 1.0 / SMOOTH_FRAMES), mode="valid")
