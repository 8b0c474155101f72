"""The likeliest way through the candidates for a pitch: strong, and without needless jumps.

Costs are those of Boersma (1993), section 4, with the values that Praat uses: a candidate gains its
strength less OCTAVE_COST for each octave below the ceiling; a step between frames costs
OCTAVE_JUMP_COST for each octave, or VOICING_COST where voice begins or ends.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.autocorrelation import (
    CEILING_HZ,
    FLOOR_HZ,
    LONGEST_SAMPLES,
    SHORTEST_SAMPLES,
    parabola,
)

VOICING_THRESHOLD = 0.45
OCTAVE_COST = 0.01
OCTAVE_JUMP_COST = 0.35
VOICING_COST = 0.14
MOST_CANDIDATES = 14  # voiced ones, for one frame

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The periods that each frame may have: arrays [frames, 1 + candidates].

    ``lag`` in samples; ``strength`` 0..1; ``gain`` is the strength less the octave cost. The first
    column stands for no voice; places left over have a gain of minus infinity.
    """

    lag: FloatArray
    strength: FloatArray
    gain: FloatArray


def find_candidates(correlation: FloatArray, unvoiced: FloatArray) -> Candidates:
    """The peaks of each frame's autocorrelation; ``unvoiced`` [frames] is the gain of no voice."""
    row, lag, strength = _peaks(correlation)
    gain = strength - OCTAVE_COST * np.log2(CEILING_HZ / SAMPLE_RATE_HZ * lag)
    order = np.lexsort((-gain, row))
    first = np.searchsorted(row, np.arange(len(unvoiced)))
    rank = np.arange(len(row)) - first[row]
    order, rank = order[rank < MOST_CANDIDATES], rank[rank < MOST_CANDIDATES]
    shape = (len(unvoiced), 2 + int(rank.max(initial=-1)))
    place = (row[order], rank + 1)
    table = Candidates(*(np.full(shape, fill, np.float32) for fill in (1, 0, -np.inf)))
    table.lag[place], table.strength[place], table.gain[place] = (
        lag[order],
        strength[order],
        gain[order],
    )
    table.gain[:, 0] = unvoiced
    return table


def _peaks(correlation: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    inner = correlation[:, SHORTEST_SAMPLES : LONGEST_SAMPLES + 2]
    before = correlation[:, SHORTEST_SAMPLES - 1 : LONGEST_SAMPLES + 1]
    after = correlation[:, SHORTEST_SAMPLES + 1 : LONGEST_SAMPLES + 3]
    peak = (inner > before) & (inner >= after) & (inner > VOICING_THRESHOLD / 2)
    row, column = np.nonzero(peak)
    offset, height = parabola(before[peak], inner[peak], after[peak])
    lag = (column + SHORTEST_SAMPLES + offset).astype(np.float32)
    inside = (lag >= SAMPLE_RATE_HZ / CEILING_HZ) & (lag <= SAMPLE_RATE_HZ / FLOOR_HZ)
    return row[inside], lag[inside], np.minimum(height, 1 / height)[inside]


def best_path(table: Candidates, connected: BoolArray) -> IntArray:
    """Which column to take in each frame, intp [frames], by dynamic programming (Viterbi).

    ``connected`` [frames - 1] is False where silence lies between two frames.
    """
    cost = _step_costs(np.log2(table.lag), connected)
    totals = np.empty_like(cost)
    score = table.gain[0]
    for total, step, gain in zip(totals, cost, table.gain[1:], strict=True):
        np.subtract(score[:, None], step, out=total)
        score = total.max(axis=0) + gain
    return _traced(totals.argmax(axis=1), int(score.argmax()))


def _step_costs(octave: FloatArray, connected: BoolArray) -> FloatArray:
    cost: FloatArray = np.abs(octave[:-1, :, None] - octave[1:, None, :])
    cost *= np.float32(OCTAVE_JUMP_COST)
    voiced = np.minimum(np.arange(octave.shape[1]), 1)
    cost[:, 0, :] = VOICING_COST * voiced
    cost[:, :, 0] = VOICING_COST * voiced
    cost[~connected] = VOICING_COST * (voiced[:, None] + voiced)
    return cost


def _traced(before: IntArray, last: int) -> IntArray:
    path = [last]
    for choices in before[::-1].tolist():
        path.append(choices[path[-1]])
    return np.array(path[::-1], dtype=np.intp)
