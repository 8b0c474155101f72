"""Every batch has as many windows of each of its voices, and an epoch has nearly all."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.training.net.batches import plan
from sottovoce.training.net.options import NetOptions

OPTIONS = NetOptions(speakers=3, clips=4)


def dealt(sizes: list[int], seed: int = 0) -> tuple[np.ndarray, list[np.ndarray]]:
    speakers = np.repeat(np.arange(len(sizes)), sizes)
    return speakers, plan(speakers, OPTIONS, np.random.default_rng(seed))


@settings(max_examples=50, deadline=None)
@given(sizes=st.lists(st.integers(1, 30), min_size=1, max_size=8), seed=st.integers(0, 9))
def test_batches_are_groups_of_one_voice(sizes: list[int], seed: int) -> None:
    speakers, batches = dealt(sizes, seed)
    assert batches
    for batch in batches:
        voices = speakers[batch].reshape(-1, 4)
        assert (voices == voices[:, :1]).all()
        assert len(voices) <= 3


def test_an_epoch_holds_each_window_once_where_it_fits() -> None:
    _, batches = dealt([8, 12, 4])
    assert sorted(np.concatenate(batches).tolist()) == list(range(24))


def test_a_large_rest_is_filled_up_and_a_small_one_waits() -> None:
    _, filled = dealt([7])
    assert [sorted(set(batch.tolist())) for batch in filled if len(set(batch.tolist())) < 4] == []
    assert set(np.concatenate(filled).tolist()) == set(range(7))
    _, waiting = dealt([5])
    assert len(np.concatenate(waiting)) == 4


def test_a_voice_with_one_window_is_heard() -> None:
    _, batches = dealt([1])
    assert batches[0].tolist() == [0, 0, 0, 0]
