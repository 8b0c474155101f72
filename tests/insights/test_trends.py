"""Trends: gaps stay gaps, slopes are those of scipy, chance is called the same."""

import numpy as np
import pytest
from people import FIRST_DAY, draw_person, live
from scipy import stats

from sottovoce.insights.days import day_number, day_of
from sottovoce.insights.readings import Readings, daily
from sottovoce.insights.trends import by_day, by_week, find_trend, theil_sen


def test_slope_and_interval_are_those_of_scipy_but_for_interpolation() -> None:
    rng = np.random.default_rng(0)
    times = np.arange(20.0)
    levels = 0.3 * times + rng.normal(0.0, 2.0, 20)
    slope, interval = theil_sen(times, levels)
    exact = stats.theilslopes(levels, times, alpha=0.90)
    assert slope == pytest.approx(exact.slope)
    assert interval.low == pytest.approx(exact.low_slope, abs=0.02)
    assert interval.high == pytest.approx(exact.high_slope, abs=0.02)


def test_gaps_stay_gaps_and_weeks_begin_on_monday() -> None:
    days = FIRST_DAY + np.array([0, 1, 2, 20])
    series = daily(Readings("loudness_dbfs", days, days % 24, np.array([-20.0, -21, -22, -30])))
    levels = by_day(series, FIRST_DAY, FIRST_DAY + 20)
    assert [level.value for level in levels if level.value is not None] == [-20, -21, -22, -30]
    assert len(levels) == 21
    weeks = by_week(series, FIRST_DAY, FIRST_DAY + 20)
    assert all(day_of(week.first_day).weekday() == 0 for week in weeks)
    assert [week.value for week in weeks] == [-21.0, None, None, None]
    assert [week.n_entries for week in weeks] == [3, 0, 0, 1]


def test_a_rise_over_a_new_year_is_seen_and_its_size_is_right() -> None:
    first = day_number(day_of(FIRST_DAY).replace(month=11, day=20))
    days = first + np.arange(84)
    rng = np.random.default_rng(3)
    values = -30.0 + 0.5 * (days - first) / 7 + rng.normal(0.0, 1.0, 84)
    trend = find_trend(Readings("loudness_dbfs", days, days % 24, values), first, first + 83)
    assert trend is not None
    assert trend.verdict == "rising"
    assert trend.interval.low < 0.5 < trend.interval.high
    assert (trend.n_days, trend.n_entries, trend.block_days) == (84, 84, 7)


def test_too_few_days_say_nothing() -> None:
    days = FIRST_DAY + np.arange(10)
    values = np.linspace(-30.0, -10.0, 10)
    assert (
        find_trend(Readings("loudness_dbfs", days, days, values), FIRST_DAY, FIRST_DAY + 9) is None
    )


def test_a_life_without_change_is_mostly_about_the_same() -> None:
    verdicts = []
    for seed in range(60):
        rng = np.random.default_rng((8, seed))
        trend = find_trend(live(draw_person(rng), 84, rng), FIRST_DAY, FIRST_DAY + 83)
        assert trend is not None
        verdicts.append(trend.verdict)
    assert verdicts.count("about the same") >= 52
