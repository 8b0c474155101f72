import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.features import shape
from sottovoce.features.spectrum import BIN_HZ, FREQUENCIES_HZ

WHITE = np.ones((3, 257), dtype=np.float32)


def falling(db_per_khz: float) -> FloatArray:
    levels_db = -db_per_khz * FREQUENCIES_HZ / 1000
    return np.tile(10 ** (levels_db / 10), (2, 1)).astype(np.float32)


def lines(*bins: int) -> FloatArray:
    power = np.full((1, 257), 1e-9, dtype=np.float32)
    power[0, list(bins)] = 1
    return power


@pytest.mark.parametrize("band_hz", [(0, 500), (500, 1500), (1500, 4000)])
def test_slope_is_that_of_the_level(band_hz: tuple[int, int]) -> None:
    assert shape.slope_db_per_khz(falling(6), *band_hz) == pytest.approx([-6, -6], abs=1e-3)


def test_a_dark_spectrum_has_high_ratios() -> None:
    dark, bright = falling(12), falling(3)
    assert shape.alpha_ratio_db(dark)[0] > shape.alpha_ratio_db(bright)[0]
    assert shape.hammarberg_index_db(dark)[0] > shape.hammarberg_index_db(bright)[0]


def test_hammarberg_compares_peaks() -> None:
    power = lines(32, 100)  # 1000 and 3125 Hz
    power[0, 100] = 0.01
    assert shape.hammarberg_index_db(power)[0] == pytest.approx(20, abs=0.01)


def test_alpha_compares_energies() -> None:
    power = lines(10, 64, 65)  # one line below 1 kHz, two above
    assert shape.alpha_ratio_db(power)[0] == pytest.approx(-3.01, abs=0.01)


def test_share_of_all_is_nought() -> None:
    assert shape.band_share_db(WHITE, 0, 8000) == pytest.approx([0, 0, 0], abs=1e-4)
    assert shape.band_share_db(lines(12, 200), 250, 650)[0] == pytest.approx(-3.01, abs=0.01)


def test_moments_of_two_lines() -> None:
    centroid_hz, spread_hz, skewness, kurtosis = shape.moments(lines(60, 68))
    assert centroid_hz[0] == pytest.approx(64 * BIN_HZ, rel=1e-4)
    assert spread_hz[0] == pytest.approx(4 * BIN_HZ, rel=1e-2)
    assert skewness[0] == pytest.approx(0, abs=0.2)
    assert kurtosis[0] == pytest.approx(-2, abs=1)


def test_roll_off_lies_where_the_energy_ends() -> None:
    assert shape.roll_off_hz(lines(20, 40, 60, 80), 0.5)[0] == pytest.approx(40 * BIN_HZ)
    assert shape.roll_off_hz(lines(20, 40, 60, 80), 0.9)[0] == pytest.approx(80 * BIN_HZ)


def test_white_is_flat_and_a_line_is_not() -> None:
    assert shape.entropy_ratio(WHITE) == pytest.approx([1, 1, 1], abs=1e-5)
    assert shape.flatness_db(WHITE) == pytest.approx([0, 0, 0], abs=1e-4)
    assert shape.entropy_ratio(lines(50))[0] < 0.01
    assert shape.flatness_db(lines(50))[0] < -50


def test_flux_is_how_far_the_magnitudes_move() -> None:
    power = np.concatenate([WHITE, 4 * WHITE])
    assert shape.flux(power) == pytest.approx([0, 0, 0, np.sqrt(257), 0, 0], rel=1e-5)


@pytest.mark.parametrize("gain", [0.01, 100.0])
def test_shape_does_not_change_with_gain(gain: float) -> None:
    power = np.random.default_rng(2).uniform(0.1, 1, (4, 257)).astype(np.float32)
    for measure in (
        shape.alpha_ratio_db,
        shape.hammarberg_index_db,
        shape.entropy_ratio,
        shape.flatness_db,
    ):
        np.testing.assert_allclose(measure(power * np.float32(gain)), measure(power), atol=1e-3)
