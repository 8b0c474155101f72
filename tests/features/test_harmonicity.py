import numpy as np
import pytest

from sottovoce.features.harmonicity import harmonicity_db, hnr_db
from sottovoce.features.pitch import track_pitch
from voices import voice


@pytest.mark.parametrize("f0_hz", [90.0, 117.0, 150.0, 250.0, 400.0])
@pytest.mark.parametrize("ratio_db", [5.0, 10.0, 15.0, 20.0, 25.0])
def test_noise_of_known_size_is_found(f0_hz: float, ratio_db: float) -> None:
    samples = voice(f0_hz, 2.0, hnr_db=ratio_db, seed=2).samples
    found = hnr_db(harmonicity_db(samples, track_pitch(samples)))
    assert found == pytest.approx(ratio_db, abs=1.5)


def test_gain_and_offset_do_not_matter() -> None:
    samples = voice(150.0, hnr_db=12.0).samples
    changed = (samples * np.float32(0.1) + np.float32(0.2)).astype(np.float32)
    one, other = (harmonicity_db(sound, track_pitch(sound)) for sound in (samples, changed))
    np.testing.assert_allclose(one, other, atol=0.05)


@pytest.mark.parametrize("n_samples", [0, 160, 16_000])
def test_silence_has_none(n_samples: int) -> None:
    silence = np.zeros(n_samples, dtype=np.float32)
    ratio_db = harmonicity_db(silence, track_pitch(silence))
    assert np.isnan(ratio_db).all()
    assert hnr_db(ratio_db) is None


def test_it_stands_where_the_voice_is() -> None:
    samples = np.concatenate([np.zeros(8_000, dtype=np.float32), voice(150.0).samples])
    pitch = track_pitch(samples)
    assert np.array_equal(~np.isnan(harmonicity_db(samples, pitch)), pitch.voiced)
