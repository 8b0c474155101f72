import numpy as np
import pytest

from sottovoce.domain import Descriptors, FloatArray
from sottovoce.features.descriptors import LOUD_RANGE_DB, describe
from voices import voice

ALWAYS_DEFINED = {"pitch_strength", "creak"}


@pytest.fixture
def spoken() -> FloatArray:
    """A vowel, a pause with a little noise, a softer vowel."""
    noise = np.random.default_rng(6).normal(0, 1e-3, 32_000).astype(np.float32)
    noise[3_200:14_400] += voice([120.0, 180.0], 0.7).samples
    noise[20_800:28_800] += voice(200.0, 0.5, peak=0.1).samples
    return noise


def described_alike(one: Descriptors, other: Descriptors, tolerance: float) -> bool:
    spread = np.nanstd(one.values, axis=0) + 1e-3
    distance = np.nanmean(np.abs(one.values - other.values), axis=0) / spread
    absolute = one.names.index("level_dbfs")
    return bool(np.delete(distance, absolute).max() < tolerance)


def test_every_column_has_its_own_name(spoken: FloatArray) -> None:
    described = describe(spoken)
    assert len(set(described.names)) == len(described.names) == described.values.shape[1]
    assert described.values.dtype == np.float32
    assert described.values.shape[0] == len(described.voiced) == len(described.loud) == 200


def test_pitch_is_told_where_there_is_a_voice(spoken: FloatArray) -> None:
    described = describe(spoken)
    assert described.voiced[25:85].all()
    assert not described.voiced[100:125].any()
    semitones = described.column("f0_semitones")
    assert semitones[30] < semitones[50] < semitones[80] < semitones[150]
    assert semitones[150] == pytest.approx(12 * np.log2(200 / 27.5), abs=0.1)


def test_only_the_voice_is_undefined_without_one(spoken: FloatArray) -> None:
    described = describe(spoken)
    undefined = np.isnan(described.values[~described.voiced]).any(axis=0)
    of_spectrum = np.array(
        [name.startswith(("mel_", "mfcc_", "level")) for name in described.names]
    )
    assert not undefined[of_spectrum].any()
    assert all(not undefined[described.names.index(name)] for name in ALWAYS_DEFINED)
    assert undefined[described.names.index("hnr_db")]


def test_loud_is_what_lies_near_the_loud_level(spoken: FloatArray) -> None:
    described = describe(spoken)
    assert described.loud[25:85].all()
    assert not described.loud[100:125].any()
    assert described.column("level_db")[described.loud].min() > -LOUD_RANGE_DB


@pytest.mark.parametrize("gain", [0.1, 0.01, 1.9])
def test_gain_moves_the_level_and_nothing_else(spoken: FloatArray, gain: float) -> None:
    plain, other = describe(spoken), describe(spoken * np.float32(gain))
    assert described_alike(plain, other, 0.01)
    moved_db = other.column("level_dbfs") - plain.column("level_dbfs")
    assert np.median(moved_db) == pytest.approx(20 * np.log10(gain), abs=0.01)


def test_sixteen_bits_at_minus_twenty_decibels_are_enough(spoken: FloatArray) -> None:
    softened = (np.round(spoken * 0.1 * 2**15) / 2**15).astype(np.float32)
    assert described_alike(describe(spoken), describe(softened), 0.15)


def test_the_same_samples_give_the_same_bits(spoken: FloatArray) -> None:
    one, other = describe(spoken), describe(spoken.copy())
    assert one.values.tobytes() == other.values.tobytes()


@pytest.mark.parametrize("n_samples", [0, 1, 160, 480, 1_600])
def test_any_length_is_described(n_samples: int) -> None:
    described = describe(voice().samples[8_000 : 8_000 + n_samples])
    assert described.values.shape == (n_samples // 160, len(describe(voice().samples).names))


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(16_000),
        np.full(16_000, 0.5),
        np.random.default_rng(7).normal(0, 0.1, 16_000),
        np.random.default_rng(7).normal(0, 1e-6, 1_600),
        np.sign(np.sin(np.arange(16_000) * 0.05)) * 0.999,
        np.eye(1, 16_000, 8_000)[0],
    ],
    ids=["silence", "offset", "noise", "faint", "square", "click"],
)
def test_what_is_no_voice_is_described_too(samples: np.ndarray) -> None:
    described = describe(samples.astype(np.float32))
    always = ~np.isnan(described.values).any(axis=0)
    assert always.sum() >= len(described.names) - 11
    assert np.isfinite(described.values[:, always]).all()
