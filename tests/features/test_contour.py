import numpy as np
import pytest

from sottovoce.features.contour import period_at, stretches
from sottovoce.features.pitch import PitchTrack


def track(*f0_hz: float) -> PitchTrack:
    return PitchTrack(np.array(f0_hz, dtype=np.float32), np.ones(len(f0_hz), dtype=np.float32))


def test_nothing_voiced_has_no_stretches() -> None:
    assert stretches(track(np.nan, np.nan)) == []
    assert stretches(track()) == []


def test_each_run_of_voiced_frames_is_a_stretch() -> None:
    found = stretches(track(100, np.nan, 200, 200, np.nan, 160))
    edges = [(stretch.start_samples, stretch.end_samples) for stretch in found]
    assert edges == [(0, 160), (320, 640), (800, 960)]
    assert [round(float(stretch.cycles[-1]), 3) for stretch in found] == [1, 4, 1.6]


def test_the_period_runs_on_between_frames() -> None:
    voiced = stretches(track(100, 200))
    period = period_at(np.array([0.0, 80.0, 160.0, 240.0, 320.0]), voiced)
    assert period.tolist() == pytest.approx([160, 160, 16_000 / 150, 80, 80])
