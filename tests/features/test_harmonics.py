import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.harmonics import Harmonics, harmonics
from voices import voice

FORMANTS_HZ = (500.0, 1500.0, 2500.0)


def tones(levels_db: dict[float, float], duration_s: float = 0.5) -> FloatArray:
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    parts = [10 ** (db / 20) * np.sin(2 * np.pi * hz * time_s) for hz, db in levels_db.items()]
    return (0.05 * np.sum(parts, axis=0)).astype(np.float32)


def heard(samples: FloatArray, f0_hz: float) -> Harmonics:
    n_frames = len(samples) // 160
    pitch = np.full(n_frames, f0_hz, dtype=np.float32)
    return harmonics(samples, pitch, np.tile(np.float32(FORMANTS_HZ), (n_frames, 1)))


@pytest.mark.parametrize("f0_hz", [90.0, 147.0, 220.0, 400.0])
def test_the_first_two_harmonics_are_told_apart(f0_hz: float) -> None:
    measured = heard(tones({f0_hz: 0, 2 * f0_hz: -6, 3 * f0_hz: -12}), f0_hz)
    assert np.median(measured.h1_h2_db) == pytest.approx(6, abs=0.7)


def test_harmonics_at_formants_are_found() -> None:
    levels_db = {100.0: 0.0, 200.0: -3.0, 500.0: 5.0, 2_500.0: -20.0, 2_600.0: -26.0}
    measured = heard(tones(levels_db), 100.0)
    assert np.median(measured.h1_a1_db) == pytest.approx(-5, abs=0.7)
    assert np.median(measured.h1_a3_db) == pytest.approx(20, abs=0.7)


def test_a_missing_formant_is_no_number() -> None:
    samples = voice(120.0, 0.3).samples
    n_frames = len(samples) // 160
    measured = harmonics(samples, np.full(n_frames, 120.0), np.full((n_frames, 3), np.nan))
    assert np.isnan(measured.h1_a3_db).all()
    assert np.isfinite(measured.h1_h2_db).all()


def test_noise_hides_the_pitch_from_the_cepstrum() -> None:
    clear, breathy = (
        np.median(heard(voice(150.0, hnr_db=hnr_db).samples, 150.0).cepstral_peak_db)
        for hnr_db in (30.0, 3.0)
    )
    assert clear > breathy + 1


def test_gain_changes_nothing() -> None:
    loud, soft = (heard(voice(peak=peak).samples, 120.0) for peak in (0.8, 0.008))
    np.testing.assert_allclose(soft.h1_h2_db, loud.h1_h2_db, atol=0.01)
    np.testing.assert_allclose(soft.cepstral_peak_db, loud.cepstral_peak_db, atol=0.01)
