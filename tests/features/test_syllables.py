import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.features.descriptors import describe
from sottovoce.features.syllables import DIP_DB, sonority_db, syllable_nuclei_s
from voices import voice

VOICED = np.ones(300, dtype=np.bool_)


def syllables(rate_per_s: float, duration_s: float = 3.0, depth: float = 0.95) -> FloatArray:
    """A vowel that swells so many times a second."""
    vowel = voice(130.0, duration_s).samples
    time_s = np.arange(len(vowel)) / 16_000
    swell = 1 - depth * (0.5 + 0.5 * np.cos(2 * np.pi * rate_per_s * time_s))
    return (vowel * swell).astype(np.float32)


def nuclei_s(samples: FloatArray) -> FloatArray:
    described = describe(samples)
    return syllable_nuclei_s(sonority_db(described), described.voiced)


def waves(depth_db: float) -> FloatArray:
    """Three seconds of level with a peak every half second."""
    phase = 2 * np.pi * 2 * np.arange(300) / 100
    return (-depth_db * (0.5 + 0.5 * np.cos(phase))).astype(np.float32)


@pytest.mark.parametrize("rate_per_s", [2, 3, 4, 5, 6, 7, 8])
def test_each_swell_is_a_syllable(rate_per_s: int) -> None:
    assert len(nuclei_s(syllables(rate_per_s))) == 3 * rate_per_s


def test_they_lie_where_the_voice_is_loudest() -> None:
    np.testing.assert_allclose(nuclei_s(syllables(2)), 0.25 + 0.5 * np.arange(6), atol=0.05)


@pytest.mark.parametrize(("depth_db", "count"), [(0.8 * DIP_DB, 1), (1.2 * DIP_DB, 6)])
def test_a_shallow_dip_parts_nothing(depth_db: float, count: int) -> None:
    assert len(syllable_nuclei_s(waves(depth_db), VOICED)) == count


def test_only_voiced_peaks_count() -> None:
    voiced = VOICED.copy()
    voiced[:100] = False
    assert len(syllable_nuclei_s(waves(10), voiced)) == 4


def test_a_faint_swell_is_no_nucleus() -> None:
    faint = syllables(2, 1.0) * np.float32(0.01)
    assert len(nuclei_s(np.concatenate([syllables(2, 1.0), faint]))) == 2


def test_hiss_has_no_nuclei() -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, 16_000) * np.hanning(16_000)
    assert len(nuclei_s(noise.astype(np.float32))) == 0


def test_hum_below_the_voice_is_not_heard() -> None:
    hum = 0.5 * np.sin(2 * np.pi * 60 * np.arange(48_000) / 16_000)
    assert len(nuclei_s(syllables(3) + hum.astype(np.float32))) == 9


@pytest.mark.parametrize("n_samples", [160, 480, 1_600])
def test_silence_of_any_length_has_none(n_samples: int) -> None:
    assert len(nuclei_s(np.zeros(n_samples, dtype=np.float32))) == 0
