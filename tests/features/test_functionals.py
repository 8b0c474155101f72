import os
import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import (
    UNHEARD,
    functional_digest,
    functional_names,
    functionals,
)
from voices import voice

EIGHT_SECONDS = """
import numpy as np
from hashlib import sha256
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functionals
buzz = np.sign(np.sin(np.arange(128_000) * 0.05)) * np.hanning(128_000) * 0.3
noise = np.random.default_rng(3).normal(0, 0.02, 128_000)
print(sha256(functionals(describe((buzz + noise).astype(np.float32))).tobytes()).hexdigest())
"""


def named(samples: FloatArray) -> dict[str, float]:
    return dict(zip(functional_names(), functionals(describe(samples)).tolist(), strict=True))


def test_names_are_unique_and_none_is_absolute() -> None:
    names = functional_names()
    assert len(set(names)) == len(names)
    assert not any("dbfs" in name for name in names)


def test_they_are_statistics_of_the_descriptors() -> None:
    described = describe(voice([100.0, 160.0]).samples)
    summed = dict(zip(functional_names(), functionals(described).tolist(), strict=True))
    flux, pitch = described.column("flux"), described.column("f0_semitones")
    assert summed["all.flux.mean"] == pytest.approx(flux.mean(), rel=1e-4)
    assert summed["loud.flux.sd"] == pytest.approx(flux[described.loud].std(), rel=1e-4)
    assert summed["voiced.f0_semitones.p50"] == pytest.approx(np.nanmedian(pitch), rel=1e-4)
    assert summed["voiced.rhythm.ratio"] == pytest.approx(described.voiced.mean())


def test_a_rising_pitch_has_a_slope() -> None:
    rising, falling = named(voice([100.0, 200.0]).samples), named(voice([200.0, 100.0]).samples)
    assert rising["voiced.f0_semitones.slope"] > 4
    assert falling["voiced.f0_semitones.slope"] < -4
    assert rising["voiced.f0_semitones.delta.mean"] > 0


def test_without_a_voice_they_are_those_of_ordinary_speech() -> None:
    noise = np.random.default_rng(8).normal(0, 0.1, 16_000).astype(np.float32)
    summed = named(noise)
    assert summed["voiced.rhythm.ratio"] == 0
    assert summed["voiced.hnr_db.mean"] == pytest.approx(UNHEARD["hnr_db"])
    assert summed["voiced.centroid_hz.mean"] == pytest.approx(summed["loud.centroid_hz.mean"])


def test_everything_that_may_be_undefined_has_a_default() -> None:
    described = describe(np.zeros(1_600, dtype=np.float32))
    undefined = np.isnan(described.values).any(axis=0)
    assert {described.names[index] for index in np.flatnonzero(undefined)} == set(UNHEARD)


@pytest.mark.parametrize("n_samples", [0, 160, 320, 1_600, 128_000])
@pytest.mark.parametrize("level", [0.0, 1e-7, 0.3])
def test_they_are_finite_for_any_length_and_level(n_samples: int, level: float) -> None:
    noise = np.random.default_rng(9).normal(0, 1, n_samples).astype(np.float32)
    vector = functionals(describe(noise * np.float32(level)))
    assert vector.dtype == np.float32
    assert vector.shape == (len(functional_names()),)
    assert np.isfinite(vector).all()


def test_one_voiced_frame_is_too_few() -> None:
    samples = np.zeros(16_000, dtype=np.float32)
    samples[8_000:8_600] = voice(200.0, 600 / 16_000).samples
    assert np.isfinite(functionals(describe(samples))).all()


def test_gain_changes_nothing() -> None:
    samples = voice([150.0, 110.0, 190.0], hnr_db=25.0).samples
    plain, softer = (functionals(describe(samples * np.float32(g))) for g in (1.0, 0.1))
    close = np.abs(softer - plain) <= 0.01 * np.abs(plain) + 1e-3
    assert close.mean() > 0.99


def test_a_digest_names_the_functionals() -> None:
    assert functional_digest() == functional_digest()
    assert int(functional_digest(), 16) >= 0


@pytest.mark.parametrize("threads", ["2", "4"])
def test_any_number_of_threads_gives_the_same_bits(threads: str) -> None:
    digests = [
        subprocess.run(
            [sys.executable, "-c", EIGHT_SECONDS],
            env={**os.environ, "OPENBLAS_NUM_THREADS": count, "OMP_NUM_THREADS": count},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for count in ("1", threads)
    ]
    assert len(digests[0]) == 2 * sha256().digest_size + 1
    assert digests[0] == digests[1]
