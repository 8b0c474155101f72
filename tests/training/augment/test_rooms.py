import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.rooms import put_in_room, room_response


def test_echoes_fall_by_sixty_decibels_in_their_time() -> None:
    response = room_response(0.5, 0.0, np.random.default_rng(0))
    assert len(response) == SAMPLE_RATE_HZ // 2
    energy = response[1:].astype(np.float64) ** 2
    early, late = energy[400:1200].mean(), energy[6800:7600].mean()
    fallen_db = 10 * np.log10(early / late)
    assert fallen_db == pytest.approx(60 * (6400 / SAMPLE_RATE_HZ) / 0.5, abs=2.0)


@pytest.mark.parametrize("direct_db", [0.0, 10.0])
def test_the_straight_sound_stands_out_as_asked(direct_db: float) -> None:
    response = room_response(0.3, direct_db, np.random.default_rng(0)).astype(np.float64)
    assert response[0] == 1.0
    assert 10 * np.log10(1.0 / np.sum(response[1:] ** 2)) == pytest.approx(direct_db, abs=0.01)


def test_a_room_keeps_length_and_power_but_smears(sine: FloatArray) -> None:
    click = np.zeros(8000, np.float32)
    click[1000] = 0.5
    heard = put_in_room(click, room_response(0.3, 0.0, np.random.default_rng(0)))
    assert len(heard) == len(click)
    assert np.mean(heard**2) == pytest.approx(np.mean(click**2), rel=1e-3)
    assert np.abs(heard[:1000]).max() < 1e-5
    assert np.abs(heard[1100:3000]).max() > 0.001


def test_silence_stays_silent() -> None:
    silence = np.zeros(1000, np.float32)
    assert not put_in_room(silence, room_response(0.2, 5.0, np.random.default_rng(0))).any()
