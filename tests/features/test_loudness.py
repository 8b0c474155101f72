import numpy as np
import pytest

from sottovoce.features.loudness import (
    BANDS,
    auditory_flux,
    equal_loudness,
    sharpness,
    specific_loudness,
)

WHITE = np.ones((3, 257), dtype=np.float32)


def test_the_ear_is_keenest_between_two_and_five_kilohertz() -> None:
    frequency_hz = np.arange(100, 8_000, 50, dtype=np.float32)
    assert 2_000 < frequency_hz[equal_loudness(frequency_hz).argmax()] < 5_000


def test_ten_decibels_more_are_twice_as_loud() -> None:
    soft, loud = specific_loudness(WHITE).sum(), specific_loudness(10 * WHITE).sum()
    assert loud / soft == pytest.approx(2, rel=0.01)


def test_high_sounds_are_sharper() -> None:
    low, high = WHITE * np.float32(1e-6), WHITE * np.float32(1e-6)
    low[:, 10], high[:, 150] = 1, 1
    assert sharpness(specific_loudness(high))[0] > 2 * sharpness(specific_loudness(low))[0]


def test_flux_hears_ratios_not_levels() -> None:
    bands = np.concatenate([specific_loudness(gain * WHITE[:1]) for gain in (1, 2, 4)])
    step = np.sqrt(BANDS) * 0.3 * np.log(2)
    assert auditory_flux(bands) == pytest.approx([0, step, step], rel=1e-3)
