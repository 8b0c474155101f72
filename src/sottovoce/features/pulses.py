"""Where each glottal cycle lies, and how strong it is.

The cycles are found as Praat's manual documents for "Sound & Pitch: To PointProcess (cc)": from the
largest swing in the middle of a voiced stretch, step by step to both sides, each time to the place
0.8 to 1.25 periods on where one period of sound is most like the one before.

>>> from sottovoce.features.pitch import track_pitch
>>> tone = np.sin(2 * np.pi * np.arange(8_000) / 80).astype(np.float32)
>>> pulses = find_pulses(tone, track_pitch(tone))
>>> round(float(np.median(np.diff(pulses.position_samples))), 2)
80.0
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.contour import Positions, stretches
from sottovoce.features.level import levelled
from sottovoce.features.likeness import MARGIN_SAMPLES, Sound
from sottovoce.features.pitch import PitchTrack
from sottovoce.features.walk import walk

LONGEST_PERIOD_SAMPLES = round(0.02 * SAMPLE_RATE_HZ)  # between the pulses of one voice
REACH = 0.2  # of a period to each side of a pulse: where its amplitude is measured


@dataclass(frozen=True, slots=True, eq=False)
class Pulses:
    """The glottal cycles of one window, in order of time.

    ``position_samples`` is float64 [pulses], fractional. ``amplitude`` is float64 [pulses]: root
    mean square under a Hann window that reaches a fifth of a period to both sides, relative to the
    peak of the window of sound; NaN for a pulse with no other within 20 ms on either side.
    """

    position_samples: Positions
    amplitude: Positions


def find_pulses(samples: FloatArray, pitch: PitchTrack) -> Pulses:
    """The glottal cycles of one window; none where nothing is voiced."""
    voiced = stretches(pitch)
    if not voiced:
        return Pulses(np.empty(0), np.empty(0))
    sound = Sound.of(levelled(samples))
    position = walk(sound, voiced)
    return Pulses(position, _amplitudes(sound, position))


def _amplitudes(sound: Sound, position: Positions) -> Positions:
    before = np.diff(position, prepend=np.nan)
    after = np.diff(position, append=np.nan)
    amplitude = np.full(len(position), np.nan)
    amid = np.maximum(before, after) <= LONGEST_PERIOD_SAMPLES
    amplitude[amid] = _levels(sound, position[amid], before[amid], after[amid])
    return amplitude


def _levels(sound: Sound, position: Positions, before: Positions, after: Positions) -> Positions:
    reach = int(REACH * max(before.max(initial=0), after.max(initial=0))) + 1
    index = np.rint(position).astype(np.intp)[:, None] + np.arange(-reach, reach + 1)
    distance = (index - position[:, None]).astype(np.float32)
    period = np.where(distance < 0, before[:, None], after[:, None]).astype(np.float32)
    phase = np.clip(distance / (np.float32(REACH) * period), -1, 1)
    weight = np.square(1 + np.cos(np.float32(np.pi) * phase))
    power = (weight * np.square(sound.padded[index + MARGIN_SAMPLES])).sum(axis=1)
    return np.asarray(np.sqrt(power / weight.sum(axis=1)), dtype=np.float64)
