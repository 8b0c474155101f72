"""Changes do what they say, and nothing when they should."""

import numpy as np
import pytest

from sottovoce.features.images import lag_pitches_hz
from sottovoce.training.images import View
from sottovoce.training.net.augment import covers, hiss, noisy, tilted, warped


@pytest.fixture
def view() -> View:
    random = np.random.default_rng(2)
    mel = random.normal(0, 2, (3, 20, 64)).astype(np.float32)
    alike = random.uniform(-1, 1, (3, 20, 48)).astype(np.float32)
    return View(mel, alike, np.arange(20) < np.array([20, 12, 5])[:, None])


def test_no_warp_is_the_view_itself(view: View) -> None:
    same = warped(view, np.zeros(3))
    np.testing.assert_allclose(same.mel, view.mel, atol=1e-4)
    np.testing.assert_allclose(same.alike, view.alike, atol=1e-4)


def test_a_warp_moves_pitch_by_its_ratio() -> None:
    alike = np.zeros((1, 1, 48), np.float32)
    alike[0, 0, 24] = 1.0
    there = View(np.zeros((1, 1, 64), np.float32), alike, np.ones((1, 1), bool))
    moved = warped(there, np.array([0.15])).alike[0, 0]
    change = np.log(lag_pitches_hz()[moved.argmax()] / lag_pitches_hz()[24])
    assert change == pytest.approx(-0.15, abs=0.03)


def test_faint_noise_changes_little_and_loud_noise_much(view: View) -> None:
    sounds = hiss(view.mel, np.random.default_rng(1))
    loud = view.heard[..., None] & (view.mel > view.mel.mean())
    faint = noisy(view, sounds, np.full(3, 30.0))
    assert np.abs(faint.mel - view.mel)[loud].max() < 0.1
    assert np.abs(faint.alike - view.alike)[view.heard].max() < 0.1
    even = noisy(view, sounds, np.full(3, 0.0))
    assert np.abs(even.mel - view.mel)[loud].mean() > 0.1


@pytest.mark.parametrize("snr_db", [0.0, 10.0])
def test_noise_has_the_power_asked_for(view: View, snr_db: float) -> None:
    sounds = hiss(view.mel, np.random.default_rng(1))
    total = noisy(view, sounds + 5, np.full(3, snr_db))
    for one in range(3):
        voice = np.exp(view.mel[one][view.heard[one]]).sum()
        both = np.exp(total.mel[one][view.heard[one]]).sum()
        assert 10 * np.log10(voice / (both - voice)) == pytest.approx(snr_db, abs=0.01)


def test_a_tilt_goes_through_its_knots(view: View) -> None:
    knots = np.array([[0.0, 1, 2, 3, 4], [0] * 5, [-1] * 5])
    change = tilted(view, knots).mel - view.mel
    np.testing.assert_allclose(change[0], np.linspace(0, 4, 64) + np.zeros((20, 1)), atol=1e-5)
    np.testing.assert_allclose(change[1], 0, atol=1e-5)
    np.testing.assert_allclose(change[2], -1, atol=1e-5)


def test_covers_are_few_strips() -> None:
    hidden = covers((200, 20, 64), 10, 6, np.random.default_rng(0))
    bands, frames = hidden.all(axis=1).sum(axis=1), hidden.all(axis=2).sum(axis=1)
    assert 15 < bands.max() <= 20
    assert 8 < frames.max() <= 12
    assert bands.min() < 3
    assert not covers((5, 20, 64), 0, 0, np.random.default_rng(0)).any()
