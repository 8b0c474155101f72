import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.audio.pcm import PcmStream


@given(st.lists(st.binary(max_size=50)))
def test_samples_are_those_of_all_bytes_together(frames: list[bytes]) -> None:
    pcm, joined = PcmStream(), b"".join(frames)
    joined = joined[: len(joined) - len(joined) % 2]
    heard = np.concatenate([np.zeros(0, np.float32), *(pcm.samples(frame) for frame in frames)])
    np.testing.assert_array_equal(heard, np.frombuffer(joined, "<i2") / np.float32(32_768))
    assert pcm.sha256 == hashlib.sha256(joined).hexdigest()
    assert pcm.n_samples == len(heard)


@pytest.mark.parametrize(("word", "value"), [(-32_768, -1.0), (32_767, 32_767 / 32_768)])
def test_full_scale_stays_inside_the_promise(word: int, value: float) -> None:
    assert PcmStream().samples(word.to_bytes(2, "little", signed=True)).tolist() == [value]
