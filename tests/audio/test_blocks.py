import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.audio.blocks import Blocks


@settings(deadline=None)
@given(st.lists(st.integers(0, 50), max_size=10), st.integers(1, 20))
def test_blocks_do_not_depend_on_how_the_stream_is_cut(lengths: list[int], size: int) -> None:
    stream = np.arange(sum(lengths), dtype=np.float32)
    blocks, found = Blocks(size), []
    for part in np.split(stream, np.cumsum(lengths)):
        found += blocks.push(part)
    assert all(len(block) == size for block in found)
    np.testing.assert_array_equal(np.concatenate([*found, blocks.rest()]), stream)


def test_a_block_is_a_copy() -> None:
    blocks, samples = Blocks(2), np.zeros(5, dtype=np.float32)
    first, _ = blocks.push(samples)
    samples[:] = 1.0
    assert first.tolist() == [0.0, 0.0]
    assert blocks.rest().tolist() == [0.0]
    assert len(blocks.rest()) == 0
