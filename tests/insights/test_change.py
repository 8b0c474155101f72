"""A shift is found, dated and sized; chance and a single day are not called one."""

import numpy as np
import pytest
from people import FIRST_DAY, draw_person, live

from sottovoce.insights.change import bayes_factor, find_change
from sottovoce.insights.readings import Daily, daily


def with_shift(size: float, seed: int = 0) -> Daily:
    rng = np.random.default_rng(seed)
    days = FIRST_DAY + np.arange(70)
    values = rng.normal(0.0, 1.0, 70) + np.where(np.arange(70) >= 55, size, 0.0)
    return Daily("loudness_dbfs", days, values, np.ones(70, np.int64))


def test_a_large_shift_is_found_with_its_day_and_its_size() -> None:
    change = find_change(with_shift(3.0), FIRST_DAY + 69)
    assert change is not None
    assert change.p_up > 0.99
    assert change.since_low <= FIRST_DAY + 55 <= change.since_high
    assert (change.n_before, change.n_after) == (55, 15)
    assert change.after - change.before == pytest.approx(3.0, abs=0.8)


def test_up_and_down_are_mirror_images() -> None:
    series = with_shift(1.5, seed=2)
    turned = Daily("loudness_dbfs", series.days, -series.values, series.counts)
    up, down = find_change(series, FIRST_DAY + 69), find_change(turned, FIRST_DAY + 69)
    assert up is not None
    assert down is not None
    assert up.p_up == pytest.approx(down.p_down)
    assert up.since == down.since


def test_one_wild_day_is_no_shift() -> None:
    series = with_shift(0.0, seed=3)
    series.values[-1] = 1e6
    change = find_change(series, FIRST_DAY + 69)
    assert change is not None
    assert change.p_up < 0.4


def test_evidence_averages_to_one_under_chance() -> None:
    rng = np.random.default_rng(0)
    variance = np.full(200_000, 0.3)
    drawn = rng.normal(0.0, np.sqrt(0.3), 200_000)
    assert np.mean(bayes_factor(drawn, variance)) == pytest.approx(1.0, abs=0.05)


def test_a_shift_of_one_personal_deviation_is_mostly_found_in_ten_days() -> None:
    found = []
    for seed in range(60):
        rng = np.random.default_rng((11, seed))
        effect = np.where(np.arange(66) >= 56, 1.0, 0.0)
        change = find_change(daily(live(draw_person(rng), 66, rng, effect)), FIRST_DAY + 65)
        found.append(change is not None and change.p_up >= 0.4)
    assert np.mean(found) >= 0.65
