"""Agreement with one's own reports, stepping back, and the personal line."""

import numpy as np
import pytest
from people import draw_person, live, reports_beside
from scipy import stats

from sottovoce.insights.agreement import Reports, find_agreement
from sottovoce.insights.recalibration import recalibrate


def made(weight: float, seed: int, n_days: int = 60) -> Reports:
    rng = np.random.default_rng((41, seed))
    person = draw_person(rng)
    return reports_beside(person, live(person, n_days, rng), weight, rng)


def test_concordance_is_kendalls_count_when_each_day_has_one_report() -> None:
    rng = np.random.default_rng(0)
    values, valences = rng.random(40), rng.permutation(np.arange(40))
    found = find_agreement(Reports("stress", np.arange(40), values, valences))
    tau = stats.kendalltau(values, -valences).statistic
    assert found.concordance == pytest.approx((1 + tau) / 2)


def test_chance_steps_back_and_a_bond_does_not() -> None:
    without = [find_agreement(made(0.0, seed)).standing for seed in range(20)]
    bond = [find_agreement(made(1.2, seed)).standing for seed in range(20)]
    assert without.count("no better than chance") >= 16
    assert bond.count("agrees") >= 19


def test_few_reports_say_nothing_yet() -> None:
    few = made(1.0, 1, n_days=12)
    assert find_agreement(few).standing == "too early"
    assert recalibrate(few) is None
    nothing = Reports("stress", np.arange(0), np.zeros(0), np.zeros(0, np.int64))
    assert find_agreement(nothing).concordance is None


def test_the_same_report_always_says_nothing() -> None:
    reports = made(1.0, 2)
    same = Reports("stress", reports.days, reports.values, np.full(len(reports.days), 4))
    assert find_agreement(same).concordance is None
    assert recalibrate(same) is None


def test_an_index_that_points_the_wrong_way_steps_back() -> None:
    reports = made(1.0, 3)
    turned = Reports("stress", reports.days, reports.values, 8 - reports.valences)
    assert find_agreement(turned).standing == "no better than chance"
    line = recalibrate(turned)
    assert line is not None
    assert not line.used


def test_the_personal_line_foretells_better_where_there_is_a_bond() -> None:
    line = recalibrate(made(1.2, 4))
    assert line is not None
    assert line.used
    calm, tense = line.expected(0.1), line.expected(0.6)
    assert calm[0] > tense[0]
    assert 1.0 <= tense[1].low <= tense[0] <= tense[1].high <= 7.0


def test_without_a_bond_the_line_is_flat() -> None:
    used = [line.used for seed in range(20) if (line := recalibrate(made(0.0, seed)))]
    assert used.count(True) <= 5
