import numpy as np
import pytest

from sottovoce.domain import Biomarkers, FloatArray, Segment
from sottovoce.features.biomarkers import Measures, measure, summarise
from sottovoce.features.descriptors import describe
from voices import fry, voice


def measured(samples: FloatArray) -> Measures:
    return measure(describe(samples))


def memo(*windows: FloatArray) -> Biomarkers:
    """Windows spoken one after the other, a second apart."""
    segments, start_s = [], 0.5
    for window in windows:
        segments.append(Segment(start_s, start_s + len(window) / 16_000, 0.9))
        start_s = segments[-1].end_s + 1
    return summarise([measured(window) for window in windows], segments, start_s)


def swelling(rate_per_s: float, duration_s: float) -> FloatArray:
    vowel = voice(140.0, duration_s).samples
    phase = 2 * np.pi * rate_per_s * np.arange(len(vowel)) / 16_000
    return (vowel * (0.52 - 0.48 * np.cos(phase))).astype(np.float32)


def test_pitch_is_that_of_all_windows() -> None:
    heard = memo(voice(110.0, 2.0).samples, voice(165.0, 1.0).samples)
    assert heard.pitch_median_hz == pytest.approx(110, rel=0.01)
    assert heard.pitch_range_semitones == pytest.approx(12 * np.log2(1.5), abs=0.1)


def test_pitch_is_told_as_it_is_spread() -> None:
    glide = memo(voice([100.0, 200.0], 2.0).samples)
    assert glide.pitch_range_semitones == pytest.approx(12 * np.log2(195 / 105), abs=0.3)


def test_loudness_follows_gain_and_nothing_else_does() -> None:
    samples = voice([140.0, 180.0], 1.5, jitter=0.01, shimmer_db=0.4, hnr_db=20.0).samples
    loud, soft = memo(samples).as_dict(), memo(samples * np.float32(0.1)).as_dict()
    assert soft.pop("loudness_dbfs") == pytest.approx(loud.pop("loudness_dbfs") - 20, abs=0.05)
    assert soft.pop("pause_mean_s") is loud.pop("pause_mean_s") is None
    assert soft == pytest.approx(loud, rel=0.01)


def test_perturbation_is_averaged_over_voiced_time() -> None:
    even, rough = voice(120.0, 2.0), voice(120.0, 2.0, jitter=0.03, shimmer_db=1.0)
    both = memo(even.samples, rough.samples)
    assert both.jitter_ratio == pytest.approx(rough.jitter_ratio / 2, rel=0.2)
    assert both.shimmer_db == pytest.approx(rough.shimmer_db / 2, rel=0.3)


def test_creak_is_a_share_of_phonation() -> None:
    assert memo(voice(120.0, 1.0).samples).creak_ratio == pytest.approx(0, abs=0.02)
    creaking = memo(voice(120.0, 1.0).samples, fry(1.0).samples).creak_ratio
    assert creaking == pytest.approx(0.5, abs=0.15)


def test_rates_count_syllables_against_speech_and_span() -> None:
    heard = memo(swelling(4, 2.0), swelling(4, 3.0))
    assert heard.articulation_rate_syllables_per_s == pytest.approx(4, rel=0.05)
    assert heard.speech_rate_syllables_per_s == pytest.approx(20 / 6, rel=0.05)
    assert heard.pause_mean_s == pytest.approx(1)
    assert heard.latency_s == 0.5
    assert heard.speech_ratio == pytest.approx(5 / 7.5)
    assert heard.voiced_s == pytest.approx(5, rel=0.1)


def test_what_overlaps_is_counted_once() -> None:
    window = swelling(4, 3.0)
    both = summarise([measured(window)] * 2, [Segment(0, 3, 0.9)], 3.0)
    once = summarise([measured(window)], [Segment(0, 3, 0.9)], 3.0)
    assert both.as_dict() == pytest.approx(once.as_dict())


def test_silence_and_noise_have_no_voice() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000).astype(np.float32)
    for samples in (np.zeros(16_000, dtype=np.float32), noise):
        heard = memo(samples)
        assert heard.pitch_median_hz is heard.hnr_db is heard.creak_ratio is None
        assert heard.speech_rate_syllables_per_s == 0


def test_without_windows_nothing_is_measured() -> None:
    assert set(summarise([], [], 2.0).as_dict().values()) == {None, 0}


def test_a_tenth_of_a_second_of_voice_is_needed() -> None:
    assert memo(voice(200.0, 0.06).samples).pitch_median_hz is None
    assert memo(voice(200.0, 0.3).samples).pitch_median_hz == pytest.approx(200, rel=0.02)
