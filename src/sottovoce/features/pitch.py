"""How high the voice is: fundamental frequency every 10 ms, or that there is no voice.

The method is that of Boersma (1993), "Accurate short-term analysis of the fundamental frequency and
the harmonics-to-noise ratio of a sampled sound", Proc. Inst. Phonetic Sciences 17, 97-110, with the
range and the costs that Praat uses unless told otherwise: 75 to 600 Hz. A wider range would hear
the rare screams above 600 Hz (6 of 240 RAVDESS clips) at their height instead of an octave below,
but also more formants as pitch, and would agree with nobody's figures.

>>> tone = np.sin(2 * np.pi * 200 * np.arange(8_000) / SAMPLE_RATE_HZ).astype(np.float32)
>>> track = track_pitch(tone)
>>> track.f0_hz.shape, round(float(np.nanmedian(track.f0_hz)), 1)
((50,), 200.0)
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.autocorrelation import (
    LONGEST_SAMPLES,
    WIDTH_SAMPLES,
    WINDOW,
    normalised,
    refined,
)
from sottovoce.features.frames import frames
from sottovoce.features.level import levelled
from sottovoce.features.pitch_path import (
    VOICING_COST,
    VOICING_THRESHOLD,
    best_path,
    find_candidates,
)

SILENCE_THRESHOLD = 0.03  # of the window's peak: quieter frames lean towards unvoiced
HOPELESS = 1 + 2 * VOICING_COST  # no voiced candidate can gain more than this

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class PitchTrack:
    """Pitch on the grid of 10 ms.

    ``f0_hz`` is float32 [frames], 75..600, NaN where unvoiced. ``strength`` is float32 [frames],
    0..1: the normalised autocorrelation at the chosen period; where unvoiced, that of the strongest
    candidate, or 0 where there is none.
    """

    f0_hz: FloatArray
    strength: FloatArray

    @property
    def voiced(self) -> BoolArray:
        """Where there is a pitch, bool [frames]."""
        return ~np.isnan(self.f0_hz)


def track_pitch(samples: FloatArray) -> PitchTrack:
    """Pitch of one window of 16 kHz mono samples, a frame each 10 ms.

    Silence and noise are unvoiced. A frame sees 40 ms of sound, three periods of the lowest voice.
    """
    windowed = _windowed(levelled(samples))
    unvoiced = _unvoiced_gain(windowed)
    f0_hz = np.full(len(unvoiced), np.nan, np.float32)
    strength = np.zeros(len(unvoiced), np.float32)
    hopeful = np.flatnonzero(unvoiced < HOPELESS)
    if len(hopeful):
        connected = np.diff(hopeful) == 1
        f0_hz[hopeful], strength[hopeful] = _tracked(
            windowed[hopeful], unvoiced[hopeful], connected
        )
    return PitchTrack(f0_hz, strength)


def _windowed(sound: FloatArray) -> FloatArray:
    """Frames less their mean over the middle two longest periods, times the window."""
    framed = frames(sound, WIDTH_SAMPLES)
    middle = slice(WIDTH_SAMPLES // 2 - LONGEST_SAMPLES, WIDTH_SAMPLES // 2 + LONGEST_SAMPLES)
    windowed: FloatArray = (framed - framed[:, middle].mean(axis=1, keepdims=True)) * WINDOW
    return windowed


def _unvoiced_gain(windowed: FloatArray) -> FloatArray:
    """What no voice is worth in each frame: more in a frame that is quiet for its window."""
    half = LONGEST_SAMPLES // 2 + 1
    peak = np.abs(windowed[:, WIDTH_SAMPLES // 2 - half : WIDTH_SAMPLES // 2 + half]).max(axis=1)
    loudness = peak * np.float32((1 + VOICING_THRESHOLD) / SILENCE_THRESHOLD)
    gain: FloatArray = VOICING_THRESHOLD + np.maximum(0, 2 - loudness)
    return gain


def _tracked(
    windowed: FloatArray, unvoiced: FloatArray, connected: BoolArray
) -> tuple[FloatArray, FloatArray]:
    correlation = normalised(windowed)
    table = find_candidates(correlation, unvoiced)
    row, choice = np.arange(len(unvoiced)), best_path(table, connected)
    strength = table.strength.max(axis=1)
    f0_hz = np.full_like(strength, np.nan)
    voiced = np.flatnonzero(choice)
    lag, height = refined(correlation, voiced, table.lag[row, choice][voiced])
    f0_hz[voiced] = SAMPLE_RATE_HZ / lag
    strength[voiced] = np.minimum(height, 1 / height)
    return f0_hz, strength
