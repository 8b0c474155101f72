import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.features.pitch import track_pitch
from sottovoce.risk.made.effects import heavier, pause_s, scaled_range
from voices import voice


def spread(samples: np.ndarray) -> float:
    f0 = 12 * np.log2(track_pitch(samples).f0_hz)
    low, high = np.nanpercentile(f0, [10, 90])
    return float(high - low)


@pytest.mark.parametrize("factor", [0.5, 1.5])
def test_the_pitch_range_is_scaled(factor: float) -> None:
    glide = voice([150.0, 200.0, 150.0], 2.0).samples
    assert spread(scaled_range(glide, factor)) == pytest.approx(factor * spread(glide), rel=0.2)


def test_what_has_no_pitch_stays() -> None:
    silent = np.zeros(SAMPLE_RATE_HZ, np.float32)
    assert scaled_range(silent, 0.5) is silent


def test_heavy_speech_is_slow_and_flat() -> None:
    glide = voice([150.0, 200.0, 150.0], 2.0).samples
    heavy, light = heavier(glide, 2.0), heavier(glide, -2.0)
    assert len(heavy) > len(glide) > len(light)
    assert spread(heavy) < spread(glide) < spread(light)


def test_pauses_grow() -> None:
    random = np.random.default_rng(0)
    drawn = [[pause_s(heaviness, random) for _ in range(50)] for heaviness in (-1.0, 1.0)]
    assert np.mean(drawn[1]) > 1.5 * np.mean(drawn[0])
