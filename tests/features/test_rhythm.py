import numpy as np
import pytest

from sottovoce.features.rhythm import RHYTHM, rhythm


def measured(pattern: str) -> dict[str, float]:
    return dict(zip(RHYTHM, rhythm(np.array([c == "#" for c in pattern])).tolist(), strict=True))


def test_stretches_and_gaps_are_measured_in_seconds() -> None:
    heard = measured("..####.##....")
    assert heard["ratio"] == pytest.approx(6 / 13)
    assert heard["stretches_per_s"] == pytest.approx(2 / 0.13, rel=1e-5)
    assert heard["stretch_mean_s"] == pytest.approx(0.03)
    assert heard["stretch_longest_s"] == pytest.approx(0.04)
    assert heard["gap_mean_s"] == pytest.approx(0.07 / 3, rel=1e-5)
    assert heard["gap_longest_s"] == pytest.approx(0.04)


def test_without_a_stretch_or_a_gap_there_is_nothing_to_measure() -> None:
    nothing, everything = measured("...."), measured("####")
    assert (nothing["ratio"], nothing["stretch_mean_s"]) == (0, 0)
    assert (everything["ratio"], everything["gap_mean_s"]) == (1, 0)
