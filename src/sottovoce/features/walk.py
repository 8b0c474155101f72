"""From cycle to cycle through the voiced stretches of a window, all steps at once.

One step leads from a cycle to the most alike one about a period on; where it leads depends on where
it starts, so steps would have to be taken one by one. Instead every step is guessed from the pitch,
all are taken together, each walk is laid end to end, and all are taken again from there: what is
known at the anchor spreads outwards.

>>> from sottovoce.features.contour import stretches
>>> from sottovoce.features.pitch import track_pitch
>>> tone = np.sin(2 * np.pi * np.arange(8_000) / 80).astype(np.float32)
>>> position = walk(Sound.of(tone), stretches(track_pitch(tone)))
>>> round(float(np.median(np.diff(position))), 2)
80.0
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sottovoce.features.autocorrelation import LONGEST_SAMPLES
from sottovoce.features.contour import Positions, Stretch, period_at
from sottovoce.features.likeness import MARGIN_SAMPLES, Sound, most_alike

COARSE_ROUNDS = 3
SPARE_CYCLES = 2  # steps beyond the edge of a stretch, in case its cycles are shorter than guessed
ALIKE = 0.3  # correlation of one cycle with the next, below which there is no pulse
ALIKE_BEYOND = 0.7  # what the one pulse beyond the edge of a stretch needs
CLOSEST = 0.8  # periods between two pulses

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """The steps of some walks: arrays [steps], or one number each for the steps of a single walk.

    ``start`` is the position of each step, ``anchor`` that of the first step of its walk and
    ``first`` its index; ``sign`` is -1 towards earlier; the stretch lies from ``low`` to ``high``.
    """

    start: Positions
    anchor: Positions
    first: IntArray
    sign: Positions
    low: Positions
    high: Positions


def walk(sound: Sound, voiced: list[Stretch]) -> Positions:
    """Positions of the glottal cycles of all stretches in samples, float64 [pulses], in order."""
    steps = _joined([way for stretch in voiced for way in _guessed(sound, stretch)])
    steps = _settled(sound.halved(), steps, voiced)
    period = period_at(steps.start, voiced)
    shift, likeness = most_alike(sound, steps.start, period, steps.sign)
    reached = _end_to_end(steps, shift)
    whole = _within(sound, reached, period / 2)
    found = reached[whole & _accepted(steps, reached, likeness)]
    position = np.unique(np.concatenate([found, steps.anchor]))
    apart = np.diff(position, prepend=-np.inf)
    return position[apart > CLOSEST * period_at(position, voiced)]


def _settled(halved: Sound, steps: _Steps, voiced: list[Stretch]) -> _Steps:
    """The steps taken again and again at half the sample rate, which is near enough."""
    for _ in range(COARSE_ROUNDS):
        period = period_at(steps.start, voiced)
        shift, _ = most_alike(halved, steps.start / 2, period / 2, steps.sign)
        steps = replace(steps, start=_onwards(steps, _end_to_end(steps, 2 * shift)))
    return steps


def _guessed(sound: Sound, stretch: Stretch) -> list[tuple[Positions, float, Stretch]]:
    """Where the steps to the right and to the left start if the pitch is right."""
    anchor = _largest_swing(sound, stretch)
    here = np.interp(anchor, stretch.time_samples, stretch.cycles)
    onward = np.arange(here, stretch.cycles[-1] + SPARE_CYCLES)
    back = np.arange(here, -SPARE_CYCLES, -1)
    starts = [np.interp(cycle, stretch.cycles, stretch.time_samples) for cycle in (onward, back)]
    for start in starts:
        start[0] = anchor
    return [(starts[0], 1.0, stretch), (starts[1], -1.0, stretch)]


def _largest_swing(sound: Sound, stretch: Stretch) -> float:
    """The largest absolute sample within half a period of the middle of the stretch."""
    middle = (stretch.start_samples + stretch.end_samples) / 2
    half = float(period_at(np.array([middle]), [stretch])[0]) / 2
    first = max(int(middle - half), 0)
    swing = np.abs(sound.padded[MARGIN_SAMPLES + first : MARGIN_SAMPLES + int(middle + half) + 1])
    return float(first + swing.argmax())


def _joined(walks: list[tuple[Positions, float, Stretch]]) -> _Steps:
    lengths = [len(start) for start, _, _ in walks]
    start = np.concatenate([start for start, _, _ in walks])
    first = np.repeat(np.cumsum([0, *lengths[:-1]]), lengths)
    sign, low, high = (
        np.repeat(values, lengths)
        for values in zip(
            *((sign, way.start_samples, way.end_samples) for _, sign, way in walks), strict=True
        )
    )
    return _Steps(start, start[first], first, sign, low, high)


def _end_to_end(steps: _Steps, shift: Positions) -> Positions:
    """Where each step leads if those of its walk before it are laid end to end."""
    total = np.cumsum(shift)
    return steps.anchor + total - (total - shift)[steps.first]


def _onwards(steps: _Steps, reached: Positions) -> Positions:
    """Each step starts where the one before has led, the first of a walk at its anchor."""
    before = np.where(np.arange(len(reached)) == steps.first, steps.anchor, np.roll(reached, 1))
    return np.clip(before, steps.low - LONGEST_SAMPLES, steps.high + LONGEST_SAMPLES)


def _within(sound: Sound, position: Positions, reach: Positions) -> BoolArray:
    """Whether the cycle around each position lies in the window as a whole."""
    n_samples = len(sound.padded) - 2 * MARGIN_SAMPLES
    whole: BoolArray = (position - reach >= 0) & (position + reach <= n_samples)
    return whole


def _accepted(steps: _Steps, reached: Positions, likeness: Positions) -> BoolArray:
    inside = (reached >= steps.low) & (reached <= steps.high)
    start = _onwards(steps, reached)
    from_inside = (start >= steps.low) & (start <= steps.high)
    beyond = ~inside & from_inside & (likeness > ALIKE_BEYOND)
    accepted: BoolArray = (inside & (likeness > ALIKE)) | beyond
    return accepted
