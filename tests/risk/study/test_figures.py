import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from sottovoce.risk.study.figures import area, flags, interval, point_at, spread
from sottovoce.risk.study.scaling import (
    cross_scaled,
    drawn_scalings,
    fit_scaling,
    undecided_band,
)
from sottovoce.risk.study.tables import even_share
from sottovoce.training.folds import Fold

RANDOM = np.random.default_rng(5)
CASES = RANDOM.random(300) < 0.3
SCORES = RANDOM.standard_normal(300).round(1) + CASES


def test_the_area_is_that_of_scikit_learn() -> None:
    assert area(CASES, SCORES) == pytest.approx(roc_auc_score(CASES, SCORES))
    assert np.isnan(area(np.ones(3, bool), np.zeros(3)))


def test_f1_is_that_of_scikit_learn() -> None:
    found = flags(CASES, SCORES > 0.5)
    assert found.f1_cases == pytest.approx(f1_score(CASES, SCORES > 0.5))
    assert found.f1_others == pytest.approx(f1_score(~CASES, ~(SCORES > 0.5)))


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        cases = np.arange(80) < 40
        found = interval(cases, random.standard_normal(80), area, draws=200)
        held += found.low <= 0.5 <= found.high
    assert held >= 51


def test_people_of_one_voice_are_drawn_together() -> None:
    """Twenty voices of eight people who sound alike know no more than twenty people."""
    random = np.random.default_rng(3)
    speakers = np.repeat(np.arange(20), 8)
    cases = np.tile(np.arange(8) < 4, 20)
    scores = np.repeat(random.standard_normal(20), 8) * np.where(cases, 1, -1)
    alone, together = (interval(cases, scores, area, 300, by) for by in (None, speakers))
    assert alone.value == together.value
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_the_point_has_its_specificity() -> None:
    line = point_at(CASES, SCORES, 0.8)
    assert flags(CASES, line < SCORES).specificity >= 0.8


def test_seeds_are_told_by_mean_and_spread() -> None:
    mean, deviation = spread(CASES, np.stack([SCORES, -SCORES]), area)
    assert mean == pytest.approx(0.5)
    assert deviation > 0.1


def test_scaled_logits_are_probabilities() -> None:
    logits = RANDOM.standard_normal(4000)
    cases = RANDOM.random(4000) < 1 / (1 + np.exp(-2 * logits))
    found = fit_scaling(logits, cases)
    assert found.slope == pytest.approx(2.0, rel=0.15)
    assert found.shift == pytest.approx(0.0, abs=0.15)


def test_a_wrong_way_round_is_no_knowledge() -> None:
    scaling = fit_scaling(-SCORES, CASES)
    assert scaling.apply(np.array([-3.0, 3.0])).tolist() == [0.5, 0.5]


def test_nobody_s_probability_knows_their_own_label() -> None:
    folds = [
        Fold("1", np.arange(150, 300), np.arange(150)),
        Fold("2", np.arange(150), np.arange(150, 300)),
    ]
    before = cross_scaled(SCORES, CASES, folds)
    flipped = CASES.copy()
    flipped[:150] = ~flipped[:150]
    np.testing.assert_array_equal(cross_scaled(SCORES, flipped, folds)[:150], before[:150])


def test_fewer_people_leave_more_doubt() -> None:
    few = [one.slope for one in drawn_scalings(SCORES[:40], CASES[:40], 30, 0)]
    many = [one.slope for one in drawn_scalings(SCORES, CASES, 30, 0)]
    assert np.std(few) > np.std(many)


def test_calibration_is_told_where_half_are_cases() -> None:
    """Probabilities that are right where half are cases lie on the line, however few cases are."""
    random = np.random.default_rng(0)
    cases = random.random(20_000) < 0.2
    logits = np.where(cases, 1.0, -1.0) + random.standard_normal(len(cases))
    said = 1 / (1 + np.exp(-2 * logits))
    for part in np.array_split(np.argsort(said), 5):
        assert even_share(cases, part) == pytest.approx(said[part].mean(), abs=0.03)


def test_a_fifth_is_undecided() -> None:
    said = RANDOM.random(500)
    low, high = undecided_band(said, 0.5)
    assert np.mean((said >= low) & (said <= high)) == pytest.approx(0.2, abs=0.01)
