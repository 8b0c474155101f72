"""Your usual: nothing before 14 days and 10 entries; the anchored one does not move."""

import numpy as np
import pytest
from people import FIRST_DAY, draw_person, live

from sottovoce.insights.change import find_change
from sottovoce.insights.readings import Daily, daily
from sottovoce.insights.scales import from_working, to_working
from sottovoce.insights.usual import anchored_usual, learn_usual, recent_usual, warm_up


def every_day(n: int, level: float = 0.0) -> Daily:
    days = FIRST_DAY + np.arange(n)
    return Daily("loudness_dbfs", days, level + np.sin(2.0 * days), np.ones(n, np.int64))


@pytest.mark.parametrize(("n_days", "today", "done"), [(13, 12, False), (14, 13, True)])
def test_nothing_is_judged_before_day_fourteen(n_days: int, today: int, done: bool) -> None:
    series, now = every_day(n_days), FIRST_DAY + today
    assert warm_up(series, now).done is done
    assert (recent_usual(series, now) is not None) is done
    assert find_change(series, now) is None


def test_nothing_is_judged_before_ten_entries() -> None:
    days = FIRST_DAY + 3 * np.arange(9)
    series = Daily("stress", days, np.zeros(9), np.ones(9, np.int64))
    assert not warm_up(series, FIRST_DAY + 30).done
    assert recent_usual(series, FIRST_DAY + 30) is None


def test_a_slow_decline_stays_visible_against_the_anchor() -> None:
    days = FIRST_DAY + np.arange(365)
    values = -20.0 - 0.02 * np.arange(365) + np.sin(2.0 * days)
    series = Daily("loudness_dbfs", days, values, np.ones(365, np.int64))
    now = FIRST_DAY + 364
    recent, anchored = recent_usual(series, now), anchored_usual(series, now)
    assert recent is not None
    assert anchored is not None
    assert recent.value == pytest.approx(-26.7, abs=0.2)
    assert anchored.value == pytest.approx(-20.3, abs=0.2)
    assert anchored == anchored_usual(series, FIRST_DAY + 100)


def test_later_days_are_not_looked_at() -> None:
    whole, now = every_day(60), FIRST_DAY + 30
    until = whole.between(0, now)
    assert recent_usual(whole, now) == recent_usual(until, now)
    assert find_change(whole, now) == find_change(until, now)


def test_one_wild_day_barely_moves_it() -> None:
    calm = every_day(40)
    wild = Daily("loudness_dbfs", calm.days, calm.values.copy(), calm.counts)
    wild.values[20] = 1e3
    before, after = learn_usual(calm), learn_usual(wild)
    assert before is not None
    assert after is not None
    assert abs(after.centre - before.centre) < 0.15
    assert after.spread < 1.2 * before.spread


def test_the_band_holds_about_nine_days_in_ten() -> None:
    inside = []
    for seed in range(80):
        rng = np.random.default_rng((5, seed))
        series = daily(live(draw_person(rng), 70, rng))
        usual = learn_usual(series.between(FIRST_DAY, FIRST_DAY + 59))
        assert usual is not None
        later = series.between(FIRST_DAY + 60, FIRST_DAY + 69).values
        levels = [from_working("stress", value) for value in later]
        inside += [usual.band.low <= level <= usual.band.high for level in levels]
    assert 0.86 <= np.mean(inside) <= 0.95


@pytest.mark.parametrize("measure", ["stress", "pitch_median_hz", "loudness_dbfs", "pause_ratio"])
def test_scales_go_there_and_back(measure: str) -> None:
    for value in (0.03, 0.4, 0.97):
        there = float(to_working(measure, np.array([value]))[0])
        assert from_working(measure, there) == pytest.approx(value)
