"""How much of the voice is tone and how much is noise.

The harmonics-to-noise ratio 10 log10(r / (1 - r)) of Boersma (1993), "Accurate short-term analysis
of the fundamental frequency and the harmonics-to-noise ratio of a sampled sound", Proc. Inst.
Phonetic Sciences 17, 97-110, equation 4. As in Praat's "To Harmonicity (cc)", r is the correlation
of a piece of sound with the sound one period later, which stays exact where the windowed
autocorrelation of the pitch tracker does not: in low voices with hardly any noise.

>>> from sottovoce.features.pitch import track_pitch
>>> tone = np.sin(2 * np.pi * np.arange(8_000) / 80).astype(np.float32)
>>> noise = np.random.default_rng(0).normal(0, 0.1, 8_000).astype(np.float32)
>>> round(hnr_db(harmonicity_db(tone + noise, track_pitch(tone + noise))))  # 10 log10(0.5 / 0.01)
17
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.autocorrelation import LONGEST_SAMPLES
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.level import levelled
from sottovoce.features.likeness import IntArray, Positions, Sound, best_shift
from sottovoce.features.pitch import PitchTrack

SLACK_SAMPLES = 2  # how far from the period of the pitch the best shift may lie
MOST_TONAL = 1 - 1e-5  # 50 dB


def harmonicity_db(samples: FloatArray, pitch: PitchTrack) -> FloatArray:
    """Harmonics-to-noise ratio in dB, float32 [frames], -50..50; NaN where unvoiced."""
    ratio_db = np.full(len(pitch.f0_hz), np.nan, np.float32)
    voiced = np.flatnonzero(pitch.voiced)
    if len(voiced):
        likeness = _likeness(Sound.of(levelled(samples)), voiced, pitch.f0_hz[voiced])
        tonal = np.clip(likeness, 1 - MOST_TONAL, MOST_TONAL)
        ratio_db[voiced] = 10 * np.log10(tonal / (1 - tonal))
    return ratio_db


def hnr_db(harmonicity: FloatArray) -> float | None:
    """Mean of :func:`harmonicity_db` over the voiced frames; None where nothing is voiced.

    >>> hnr_db(np.float32([np.nan])) is None
    True
    """
    voiced = harmonicity[~np.isnan(harmonicity)]
    return float(voiced.mean(dtype=np.float64)) if len(voiced) else None


def _likeness(sound: Sound, frame: IntArray, f0_hz: FloatArray) -> Positions:
    """Correlation of the longest period of sound with that one period on, about each frame."""
    period = SAMPLE_RATE_HZ / f0_hz.astype(np.float64)
    centre = (frame + 0.5) * HOP_SAMPLES
    left = np.rint(centre - (period + LONGEST_SAMPLES) / 2).astype(np.intp)
    first = left + np.rint(period).astype(np.intp) - SLACK_SAMPLES
    width, count = np.full_like(left, LONGEST_SAMPLES), np.full_like(left, 2 * SLACK_SAMPLES + 1)
    return best_shift(sound, left, width, first, count)[1]
