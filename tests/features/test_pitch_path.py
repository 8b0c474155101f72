import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.features.pitch_path import (
    OCTAVE_JUMP_COST,
    VOICING_COST,
    Candidates,
    best_path,
)


@settings(deadline=None)
@given(seed=st.integers(0, 10_000), n_frames=st.integers(1, 5), n_candidates=st.integers(1, 3))
def test_no_other_path_is_worth_more(seed: int, n_frames: int, n_candidates: int) -> None:
    random = np.random.default_rng(seed)
    shape = (n_frames, 1 + n_candidates)
    gain = random.uniform(0, 1, shape).astype(np.float32)
    lag = random.uniform(26, 213, shape).astype(np.float32)
    connected = random.uniform(size=n_frames - 1) < 0.7
    table = Candidates(lag, gain, gain)
    paths = itertools.product(range(1 + n_candidates), repeat=n_frames)
    best = max(worth(path, table, connected) for path in paths)
    found = tuple(best_path(table, connected).tolist())
    assert worth(found, table, connected) == pytest.approx(best, abs=1e-5)


def test_a_lone_octave_jump_is_smoothed_over() -> None:
    lag = np.tile(np.float32([1, 100, 50]), (5, 1))
    gain = np.tile(np.float32([0.3, 0.9, 0.8]), (5, 1))
    gain[2] = 0.3, 0.8, 0.9
    path = best_path(Candidates(lag, gain, gain), np.ones(4, dtype=bool))
    assert path.tolist() == [1, 1, 1, 1, 1]


def worth(path: tuple[int, ...], table: Candidates, connected: np.ndarray) -> float:
    """What Boersma's costs leave of a path, counted step by step."""
    total = float(table.gain[0, path[0]])
    for frame, (before, after) in enumerate(itertools.pairwise(path)):
        total += float(table.gain[frame + 1, after])
        if not connected[frame]:
            total -= VOICING_COST * ((before > 0) + (after > 0))
        elif (before > 0) != (after > 0):
            total -= VOICING_COST
        elif before:
            ratio = table.lag[frame, before] / table.lag[frame + 1, after]
            total -= OCTAVE_JUMP_COST * abs(float(np.log2(ratio)))
    return total
