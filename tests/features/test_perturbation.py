import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain import FloatArray
from sottovoce.features.perturbation import (
    jitter_local,
    jitter_ratio,
    shimmer_db,
    shimmer_local_db,
)
from sottovoce.features.pitch import track_pitch
from sottovoce.features.pulses import Pulses, find_pulses
from voices import voice


def pulses_of(samples: FloatArray) -> Pulses:
    return find_pulses(samples, track_pitch(samples))


@pytest.mark.parametrize("f0_hz", [100.0, 150.0, 220.0])
@pytest.mark.parametrize("jitter", [0.005, 0.01, 0.02, 0.03])
def test_jitter_of_known_size_is_found(f0_hz: float, jitter: float) -> None:
    """A cycle rings into the next, which evens periods out: a fifth less is found, as by Praat."""
    made = voice(f0_hz, 3.0, jitter=jitter, seed=1)
    found = jitter_ratio(pulses_of(made.samples))
    assert found == pytest.approx(0.88 * made.jitter_ratio, rel=0.15)


@pytest.mark.parametrize("f0_hz", [100.0, 150.0, 220.0])
@pytest.mark.parametrize("shimmer", [0.1, 0.3, 0.5, 1.0])
def test_shimmer_of_known_size_is_found(f0_hz: float, shimmer: float) -> None:
    made = voice(f0_hz, 3.0, shimmer_db=shimmer, seed=1)
    assert shimmer_db(pulses_of(made.samples)) == pytest.approx(made.shimmer_db, rel=0.16)


def test_an_even_voice_has_next_to_none() -> None:
    pulses = pulses_of(voice(160.0, 2.0).samples)
    assert jitter_ratio(pulses) < 5e-4
    assert shimmer_db(pulses) < 0.02


@given(st.lists(st.floats(60, 70), min_size=8, max_size=40))
def test_jitter_is_its_definition(periods: list[float]) -> None:
    pulses = Pulses(np.cumsum([100.0, *periods]), np.ones(len(periods) + 1))
    expected = np.abs(np.diff(periods)).mean() / np.mean(periods)
    assert jitter_ratio(pulses) == pytest.approx(expected, abs=1e-9)


def test_a_pause_is_not_a_period() -> None:
    first = np.arange(0, 2_000, 100.0)
    both = np.concatenate([first, first + 4_000])
    pulses = Pulses(both, np.ones(len(both)))
    assert jitter_ratio(pulses) == 0
    assert shimmer_db(pulses) == 0


def test_a_doubled_period_is_not_jitter() -> None:
    position = np.delete(np.arange(0, 3_000, 100.0), 15)
    assert jitter_ratio(Pulses(position, np.ones(len(position)))) == 0


@pytest.mark.parametrize("n_pulses", [0, 1, 2, 5])
def test_too_few_cycles_give_no_mean(n_pulses: int) -> None:
    pulses = Pulses(np.arange(n_pulses) * 100.0, np.ones(n_pulses))
    assert jitter_ratio(pulses) is None
    assert shimmer_db(pulses) is None
    assert len(jitter_local(pulses, 10)) == len(shimmer_local_db(pulses, 10)) == 10


def test_no_frames_give_no_values() -> None:
    nothing = Pulses(np.empty(0), np.empty(0))
    assert len(jitter_local(nothing, 0)) == len(shimmer_local_db(nothing, 0)) == 0


def test_the_frames_tell_where_the_voice_is_uneven() -> None:
    even, uneven = np.full(40, 100.0), np.tile([98.0, 102.0], 20)
    position = 50 + np.cumsum(np.concatenate([even, uneven]))
    amplitude = np.concatenate([np.ones(40), np.tile([1.0, 1.1], 20)])
    pulses, n_frames = Pulses(position, amplitude), 60
    jitter, shimmer = jitter_local(pulses, n_frames), shimmer_local_db(pulses, n_frames)
    assert np.allclose(jitter[5:22], 0)
    assert np.allclose(jitter[30:45], 0.04, rtol=1e-3)
    assert np.allclose(shimmer[5:22], 0)
    assert np.allclose(shimmer[30:45], 20 * np.log10(1.1), rtol=1e-3)
    assert np.isnan(jitter[55:]).all()
    assert np.isnan(shimmer[55:]).all()


@settings(deadline=None, max_examples=10)
@given(gain=st.floats(0.02, 1.9))
def test_gain_does_not_matter(gain: float) -> None:
    samples = voice(145.0, 1.0, jitter=0.01, shimmer_db=0.4, hnr_db=20.0).samples
    louder = pulses_of((samples * np.float32(gain)).astype(np.float32))
    pulses = pulses_of(samples)
    assert jitter_ratio(louder) == pytest.approx(jitter_ratio(pulses), rel=0.01)
    assert shimmer_db(louder) == pytest.approx(shimmer_db(pulses), rel=0.01)
