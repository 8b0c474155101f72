"""The markers follow their stated formulas, and doubt more when less was measured."""

import pytest

from sottovoce.analysis.markers import ANXIETY, LOW_MOOD, Marker, marker_index
from sottovoce.analysis.stress import Doubt
from sottovoce.domain import Biomarkers

DOUBT = Doubt(quantile=1.4, floor=0.05, correlation=0.4)
UNIFORM = dict.fromkeys(("angry", "calm", "fearful", "happy", "neutral", "sad"), 1 / 6)


def extreme(marker: Marker) -> Biomarkers:
    return Biomarkers(**{sign.measure: sign.extreme for sign in marker.signs})


def usual(marker: Marker) -> Biomarkers:
    return Biomarkers(**{sign.measure: sign.usual for sign in marker.signs})


@pytest.mark.parametrize(("marker", "label"), [(ANXIETY, "fearful"), (LOW_MOOD, "sad")])
def test_the_ends_of_the_scale(marker: Marker, label: str) -> None:
    assert marker_index(marker, {label: 1.0}, extreme(marker), DOUBT).value == pytest.approx(1.0)
    assert marker_index(marker, {"happy": 1.0}, usual(marker), DOUBT).value == pytest.approx(0.0)


@pytest.mark.parametrize("marker", [ANXIETY, LOW_MOOD])
def test_beyond_the_extreme_is_still_one_sign(marker: Marker) -> None:
    far = Biomarkers(**{s.measure: s.extreme + 10 * (s.extreme - s.usual) for s in marker.signs})
    assert marker_index(marker, {"happy": 1.0}, far, DOUBT).value == pytest.approx(0.5)


@pytest.mark.parametrize("marker", [ANXIETY, LOW_MOOD])
def test_missing_measures_widen_the_interval(marker: Marker) -> None:
    all_there = marker_index(marker, UNIFORM, usual(marker), DOUBT)
    one_there = {marker.signs[0].measure: marker.signs[0].usual}
    most_gone = marker_index(marker, UNIFORM, Biomarkers(**one_there), DOUBT)
    assert most_gone.high > all_there.high


@pytest.mark.parametrize("marker", [ANXIETY, LOW_MOOD])
def test_without_any_measure_the_emotions_decide(marker: Marker) -> None:
    index = marker_index(marker, {"fearful": 1.0}, Biomarkers(), DOUBT)
    assert index.value == pytest.approx(marker.emotions["fearful"])
    assert set(index.contributions) == {"fearful"}
