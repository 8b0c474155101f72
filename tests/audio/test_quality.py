import numpy as np
import pytest

from sottovoce.audio.decode import decode
from sottovoce.audio.quality import QualityMeter
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Quality
from sottovoce.runtime import ASSETS
from sottovoce.speech import find_segments


@pytest.fixture(scope="module")
def memo() -> FloatArray:
    """A synthetic voice between two seconds of silence."""
    sound = decode(ASSETS / "samples" / "even.ogg").samples
    return np.pad(sound, 2 * SAMPLE_RATE_HZ)


def quality_of(samples: FloatArray) -> Quality:
    meter = QualityMeter()
    meter.push(samples)
    return meter.finish(find_segments(samples))


def noise(like: FloatArray, level_dbfs: float) -> FloatArray:
    hiss = np.random.default_rng(0).normal(scale=10 ** (level_dbfs / 20), size=len(like))
    return hiss.astype(np.float32)


def test_a_clear_voice_is_ok(memo: FloatArray) -> None:
    quality = quality_of(memo + noise(memo, -60.0))
    assert (quality.verdict, quality.reasons) == ("ok", ())
    assert quality.peak_dbfs == pytest.approx(20 * np.log10(np.abs(memo).max()), abs=0.1)
    assert quality.noise_floor_dbfs == pytest.approx(-60.0, abs=0.5)
    assert quality.clipped_ratio == 0.0
    assert quality.speech_s == pytest.approx(7.4, abs=0.3)


def test_noise_lowers_the_snr_by_as_much(memo: FloatArray) -> None:
    clear, loud = (quality_of(memo + noise(memo, level)).snr_db for level in (-50.0, -30.0))
    assert clear is not None
    assert loud is not None
    assert clear - loud == pytest.approx(20.0, abs=0.5)


def test_a_loud_background_is_poor(memo: FloatArray) -> None:
    quality = quality_of((memo + noise(memo, -27.0)) / 2)
    assert quality.verdict == "poor"
    assert quality.reasons[0].startswith("the background is loud (SNR ")


def test_silence_noise_and_a_syllable_are_unusable(memo: FloatArray) -> None:
    silent, hiss = quality_of(np.zeros_like(memo)), quality_of(noise(memo, -30.0))
    syllable = quality_of(np.pad(memo[40_000:45_600], 2 * SAMPLE_RATE_HZ))
    assert [q.verdict for q in (silent, hiss, syllable)] == ["unusable"] * 3
    assert silent.peak_dbfs is None
    assert "the recording is silent" in silent.reasons[0]
    assert hiss.reasons[0].startswith("no speech was found, only noise")
    assert syllable.reasons[0].endswith("0.5 s is needed")


def test_a_heavily_clipped_voice_is_unusable(memo: FloatArray) -> None:
    quality = quality_of(np.clip(100 * memo, -1.0, 1.0))
    assert quality.verdict == "unusable"
    assert "of the samples are clipped" in quality.reasons[0]
    assert quality.speech_s > 5.0


def test_an_offset_counts_nowhere(memo: FloatArray) -> None:
    plain, moved = (quality_of(memo / 2 + noise(memo, -60.0) + np.float32(dc)) for dc in (0, 0.3))
    assert moved.verdict == plain.verdict == "ok"
    assert moved.snr_db == pytest.approx(plain.snr_db, abs=1.5)
    assert moved.peak_dbfs == pytest.approx(plain.peak_dbfs, abs=0.1)
    assert quality_of(np.full(SAMPLE_RATE_HZ, 0.3, dtype=np.float32)).peak_dbfs is None


def test_a_very_quiet_voice_is_heard_and_called_quiet(memo: FloatArray) -> None:
    quality = quality_of(memo * np.float32(10 ** (-55 / 20)))
    assert quality.verdict == "poor"
    assert quality.reasons[0].startswith("the recording is very quiet (peak -57 dBFS")


def test_pieces_of_any_length_give_the_same(memo: FloatArray) -> None:
    segments, meter = find_segments(memo), QualityMeter()
    for part in np.split(memo, [1, 5_000, 5_001, 70_000, 70_000]):
        meter.push(part)
    assert meter.finish(segments) == quality_of(memo)


def test_a_recording_without_samples_is_unusable() -> None:
    assert QualityMeter().finish([]).verdict == "unusable"
