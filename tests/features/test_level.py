import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.features.level import levelled


@given(gain=st.floats(0.01, 1.0), offset=st.floats(-0.3, 0.3))
def test_neither_gain_nor_offset_matters(gain: float, offset: float) -> None:
    sound = np.random.default_rng(3).normal(0, 0.1, 4_000).astype(np.float32)
    changed = (sound * np.float32(gain) + np.float32(offset)).astype(np.float32)
    np.testing.assert_allclose(levelled(changed), levelled(sound), atol=2e-4)


def test_the_peak_is_one() -> None:
    assert np.abs(levelled(np.array([0.0, 0.25, -0.25, 0.0], dtype=np.float32))).max() == 1


def test_a_constant_is_silence() -> None:
    for value in (0.0, 0.3, -0.9):
        assert not levelled(np.full(16_000, value, dtype=np.float32)).any()


def test_nothing_stays_nothing() -> None:
    assert len(levelled(np.empty(0, dtype=np.float32))) == 0
