"""Where each glottal cycle lies, and how strong it is.

The cycles are found as Praat's manual documents for "Sound & Pitch: To PointProcess (cc)": from the
largest swing in the middle of a voiced stretch, step by step to both sides, each time to the place
0.8 to 1.25 periods on where one period of sound is most like the one before. All steps of a window
are taken at once from a first guess, and taken again from where they arrived.

>>> from sottovoce.features.pitch import track_pitch
>>> tone = np.sin(2 * np.pi * 200 * np.arange(8_000) / SAMPLE_RATE_HZ).astype(np.float32)
>>> pulses = find_pulses(tone, track_pitch(tone))
>>> round(float(np.median(np.diff(pulses.position_samples))), 2)
80.0
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.autocorrelation import LONGEST_SAMPLES
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.level import levelled
from sottovoce.features.likeness import MARGIN_SAMPLES, Positions, Sound, most_alike
from sottovoce.features.pitch import PitchTrack

PASSES = 3  # rounds of steps
ALIKE = 0.3  # correlation of one cycle with the next, below which there is no pulse
ALIKE_BEYOND = 0.7  # what the one pulse beyond the edge of a voiced stretch needs
CLOSEST = 0.8  # periods between two pulses
LONGEST_PERIOD_SAMPLES = round(0.02 * SAMPLE_RATE_HZ)  # between the pulses of one voice
AMPLITUDE_REACH = 0.2  # of a period, to each side of a pulse


@dataclass(frozen=True, slots=True, eq=False)
class Pulses:
    """The glottal cycles of one window, in order of time.

    ``position_samples`` is float64 [pulses], fractional. ``amplitude`` is float64 [pulses]: the
    level around the pulse relative to the peak of the window, NaN for the first and the last.
    """

    position_samples: Positions
    amplitude: Positions


@dataclass(frozen=True, slots=True, eq=False)
class _Contour:
    """One voiced stretch: its edges and its pitch, constant in the outer half frames."""

    time_samples: Positions
    f0_hz: Positions

    @property
    def cycles(self) -> Positions:
        """Cycles since the start of the stretch, at each of its times."""
        mean_hz = (self.f0_hz[1:] + self.f0_hz[:-1]) / 2
        steps = np.diff(self.time_samples) * mean_hz / SAMPLE_RATE_HZ
        return np.concatenate([[0.0], np.cumsum(steps)])


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """Steps to one side: where each is guessed to start, all relative to the same stretch."""

    start: Positions
    sign: float
    low: float
    high: float


def find_pulses(samples: FloatArray, pitch: PitchTrack) -> Pulses:
    """The glottal cycles of one window; none where nothing is voiced."""
    levelled_samples = levelled(samples)
    contours = _contours(pitch)
    if not contours:
        return Pulses(np.empty(0), np.empty(0))
    walks = [walk for contour in contours for walk in _walks(levelled_samples, contour)]
    sound = Sound.of(levelled_samples)
    position = _walked(sound, walks, contours)
    return Pulses(position, _amplitudes(sound, position))


def _contours(pitch: PitchTrack) -> list[_Contour]:
    voiced = np.flatnonzero(pitch.voiced)
    runs = np.split(voiced, np.flatnonzero(np.diff(voiced) > 1) + 1) if len(voiced) else []
    return [_contour(run[0], pitch.f0_hz[run]) for run in runs]


def _contour(first: int, f0_hz: FloatArray) -> _Contour:
    centres = (first + np.arange(len(f0_hz)) + 0.5) * HOP_SAMPLES
    edges = centres[0] - HOP_SAMPLES / 2, centres[-1] + HOP_SAMPLES / 2
    time = np.concatenate([edges[:1], centres, edges[1:]])
    return _Contour(time, np.concatenate([f0_hz[:1], f0_hz, f0_hz[-1:]]).astype(np.float64))


def _walks(sound: FloatArray, contour: _Contour) -> tuple[_Walk, _Walk]:
    time, cycles = contour.time_samples, contour.cycles
    anchor = _largest_swing(sound, contour)
    here = np.interp(anchor, time, cycles)
    low, high = time[0], time[-1]
    onward = np.interp(np.arange(here, cycles[-1] + 2), cycles, time)
    back = np.interp(np.arange(here, -2, -1), cycles, time)
    onward[0] = back[0] = anchor
    return _Walk(onward, 1.0, low, high), _Walk(back, -1.0, low, high)


def _largest_swing(sound: FloatArray, contour: _Contour) -> float:
    middle = (contour.time_samples[0] + contour.time_samples[-1]) / 2
    half = SAMPLE_RATE_HZ / np.interp(middle, contour.time_samples, contour.f0_hz) / 2
    first = max(int(middle - half), 0)
    return float(first + np.abs(sound[first : int(middle + half) + 1]).argmax())


def _walked(sound: Sound, walks: list[_Walk], contours: list[_Contour]) -> Positions:
    lengths = [len(walk.start) for walk in walks]
    first = np.repeat(np.cumsum([0, *lengths[:-1]]), lengths)
    sign, low, high = (
        np.repeat([getattr(walk, name) for walk in walks], lengths)
        for name in ("sign", "low", "high")
    )
    time = np.concatenate([contour.time_samples for contour in contours])
    hertz = np.concatenate([contour.f0_hz for contour in contours])
    start = np.concatenate([walk.start for walk in walks])
    anchor = start[first]
    for _ in range(PASSES):
        period = SAMPLE_RATE_HZ / np.interp(start, time, hertz)
        shift, likeness = most_alike(sound, start, period, sign)
        total = np.cumsum(shift)
        reached = anchor + total - (total - shift)[first]
        start = np.where(np.arange(len(start)) == first, anchor, np.roll(reached, 1))
        start = np.clip(start, -LONGEST_SAMPLES, len(sound.padded))
    inside = (reached >= low) & (reached <= high)
    just_beyond = ~inside & (start >= low) & (start <= high) & (likeness > ALIKE_BEYOND)
    found = reached[(inside & (likeness > ALIKE)) | just_beyond]
    position = np.sort(np.concatenate([found, np.unique(anchor)]))
    period = SAMPLE_RATE_HZ / np.interp(position, time, hertz)
    return position[np.diff(position, prepend=-np.inf) > CLOSEST * period]


def _amplitudes(sound: Sound, position: Positions) -> Positions:
    """Root mean square around each pulse under a Hann window, a fifth of a period to each side."""
    before = np.diff(position, prepend=np.nan)
    after = np.diff(position, append=np.nan)
    level = np.full(len(position), np.nan)
    amid = np.maximum(before, after) <= LONGEST_PERIOD_SAMPLES
    level[amid] = _levels(sound, position[amid], before[amid], after[amid])
    return level


def _levels(
    sound: Sound, position: Positions, before: Positions, after: Positions
) -> Positions:
    reach = int(AMPLITUDE_REACH * LONGEST_PERIOD_SAMPLES) + 1
    index = np.rint(position).astype(np.intp)[:, None] + np.arange(-reach, reach + 1)
    distance = (index - position[:, None]).astype(np.float32)
    period = np.where(distance < 0, before[:, None], after[:, None]).astype(np.float32)
    phase = np.clip(distance / (AMPLITUDE_REACH * period), -1, 1)
    weight = np.square(1 + np.cos(np.pi * phase))
    power = (weight * np.square(sound.padded[index + MARGIN_SAMPLES])).sum(axis=1)
    return np.sqrt(power / weight.sum(axis=1)).astype(np.float64)
