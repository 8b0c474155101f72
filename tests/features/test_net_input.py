"""The network hears each window at its own level, in steps of 16 ms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.features.net_input import FLOOR, SPREAD, from_images, net_input, scaled

RANDOM = np.random.default_rng(3)


def speech_like(n_samples: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    time_s = np.arange(n_samples) / 16_000
    voice = np.sign(np.sin(2 * np.pi * 140 * time_s)) * (1 + np.sin(2 * np.pi * 4 * time_s))
    return (0.1 * voice + 0.01 * random.normal(size=n_samples)).astype(np.float32)


@settings(max_examples=20, deadline=None)
@given(gain_db=st.floats(-50, 10), seed=st.integers(0, 5))
def test_gain_changes_nothing(gain_db: float, seed: int) -> None:
    sound = speech_like(12_000, seed)
    louder = sound * np.float32(10 ** (gain_db / 20))
    for heard, expected in zip(net_input(louder), net_input(sound), strict=True):
        np.testing.assert_allclose(heard, expected, atol=1e-3)


@pytest.mark.parametrize("n_samples", [0, 100, 160, 800, 4000, 128_000])
def test_any_length_is_heard(n_samples: int) -> None:
    mel, alike = net_input(speech_like(n_samples))
    assert len(mel) == len(alike) == max(1, int(n_samples // 160 / 1.6))
    assert np.isfinite(mel).all()
    assert np.isfinite(alike).all()


def test_silence_has_no_pitch() -> None:
    mel, alike = net_input(np.zeros(16_000, np.float32))
    assert not alike.any()
    assert np.isfinite(mel).all()


def test_frames_are_read_between_those_of_10_ms() -> None:
    ramp = np.repeat(np.arange(16, dtype=np.float32)[:, None], 64, axis=1)
    mel, _ = from_images(ramp, np.zeros((16, 48), np.float32))
    loud = mel[-5:, 0]
    np.testing.assert_allclose(np.diff(loud), 1.6 / SPREAD, atol=1e-5)


def test_the_mean_band_stands_at_the_floor_distance() -> None:
    flat = np.full((10, 64), -3.0, np.float32)
    mel, alike = scaled(flat, np.ones((10, 48), np.float32), np.ones(10, bool))
    np.testing.assert_allclose(mel, FLOOR / SPREAD, atol=1e-5)
    np.testing.assert_allclose(alike, 1 / (1 + np.exp(-5)), atol=1e-5)


def test_the_pitch_of_quiet_frames_fades() -> None:
    mel = np.zeros((10, 64), np.float32)
    mel[5:] = -9.0
    _, alike = scaled(mel, np.ones((10, 48), np.float32), np.ones(10, bool))
    assert alike[:5].min() > 0.98
    assert alike[5:].max() < 0.05


def test_what_is_not_heard_counts_for_nothing() -> None:
    mel, alike = RANDOM.normal(size=(12, 64)), RANDOM.normal(size=(12, 48))
    heard = np.arange(12) < 8
    alone = scaled(mel[:8], alike[:8], heard[:8])
    mel[8:] = 20.0
    together = scaled(mel, alike, heard)
    for one, all_ in zip(alone, together, strict=True):
        np.testing.assert_allclose(all_[:8], one, rtol=1e-6)
        assert not all_[8:].any()
