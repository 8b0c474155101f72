import numpy as np
import pytest
from scipy.fft import dct

from sottovoce.features.mel import (
    BANDS,
    COEFFICIENTS,
    HIGH_HZ,
    LOW_HZ,
    hz_to_mel,
    log_mel_db,
    mel_edges_hz,
    mel_filters,
    mfcc,
)
from sottovoce.features.spectrum import FREQUENCIES_HZ


def test_edges_are_evenly_spaced_in_mel() -> None:
    edges = mel_edges_hz()
    assert edges[[0, -1]] == pytest.approx([LOW_HZ, HIGH_HZ], rel=1e-4)
    steps = np.diff([hz_to_mel(float(edge)) for edge in edges])
    np.testing.assert_allclose(steps, steps[0], rtol=1e-3)


@pytest.mark.parametrize("bands", [BANDS, 40])
def test_every_band_hears_something(bands: int) -> None:
    filters = mel_filters(bands)
    assert filters.sum(axis=0).min() > 0.5
    assert filters.max() <= 1


def test_neighbours_share_every_bin_between_them() -> None:
    centres = mel_edges_hz()[1:-1]
    within = (centres[0] <= FREQUENCIES_HZ) & (centres[-1] >= FREQUENCIES_HZ)
    np.testing.assert_allclose(mel_filters().sum(axis=1)[within], 1, atol=1e-4)


def test_a_line_is_heard_in_its_band() -> None:
    power = np.full((1, 257), 1e-6, dtype=np.float32)
    power[0, 64] = 1  # 2 kHz
    band = int(log_mel_db(power)[0].argmax())
    low, _, high = mel_edges_hz()[band : band + 3]
    assert low < 2000 < high


def test_coefficients_are_the_cosine_transform_of_the_levels() -> None:
    levels_db = np.random.default_rng(1).normal(-20, 10, (5, BANDS)).astype(np.float32)
    expected = dct(levels_db, type=2, norm="ortho", axis=1)[:, 1 : COEFFICIENTS + 1]
    np.testing.assert_allclose(mfcc(levels_db), expected, atol=1e-3)
