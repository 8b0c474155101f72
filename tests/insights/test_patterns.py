"""Patterns and tags: found where they are, not where they are not, with their counts."""

import numpy as np
import pytest
from people import FIRST_DAY, draw_person, live

from sottovoce.insights.days import weekdays, weeks
from sottovoce.insights.flips import (
    chance_signs,
    exceeding,
    joint_chances,
    laid,
    look,
    look_shuffled,
    shuffled_weekdays,
)
from sottovoce.insights.patterns import find_patterns
from sottovoce.insights.readings import Readings
from sottovoce.insights.tags import Tagged, find_tags

LAST = FIRST_DAY + 83


def a_life(seed: int, cell_effect: np.ndarray | None = None) -> Readings:
    rng = np.random.default_rng((21, seed))
    return live(draw_person(rng), 84, rng, cell_effect=cell_effect)


def test_chance_is_rarely_called_a_pattern() -> None:
    found = 0
    for seed in range(60):
        patterns = find_patterns(a_life(seed), LAST)
        assert patterns is not None
        found += min(finding.chance for finding in patterns.findings) <= 0.05
    assert found <= 8


def test_monday_mornings_are_the_peak_when_they_are() -> None:
    effect = np.zeros((7, 24))
    effect[0, 8:12] = 3.0
    patterns = find_patterns(a_life(1, effect), LAST)
    assert patterns is not None
    part = patterns.findings[3]
    assert (part.kind, part.weekday, part.hour, part.found) == ("part of weekday", 0, 8, True)
    assert part.difference > 0


def test_the_table_counts_every_entry_once() -> None:
    readings = a_life(2)
    patterns = find_patterns(readings, LAST)
    assert patterns is not None
    assert sum(cell.n_entries for cell in patterns.cells) == len(readings) == patterns.n_entries
    assert all(1 <= cell.n_days <= cell.n_entries for cell in patterns.cells)
    some = patterns.cells[0]
    mine = (weekdays(readings.days) == some.weekday) & (readings.hours == some.hour)
    assert mine.sum() == some.n_entries


def test_the_same_entries_give_the_same_answer() -> None:
    assert find_patterns(a_life(3), LAST) == find_patterns(a_life(3), LAST)


def test_a_slow_rise_is_no_pattern() -> None:
    days = FIRST_DAY + np.arange(84)
    values = -30.0 + 0.1 * np.arange(84)
    patterns = find_patterns(Readings("loudness_dbfs", days, np.full(84, 9), values), LAST)
    assert patterns is not None
    rng = np.random.default_rng(0)
    noisy = Readings("loudness_dbfs", days, np.full(84, 9), values + rng.normal(0, 1, 84))
    again = find_patterns(noisy, LAST)
    assert again is not None
    assert min(finding.chance for finding in again.findings) > 0.05


def test_few_days_are_not_judged() -> None:
    readings = a_life(4).between(FIRST_DAY, FIRST_DAY + 20)
    assert find_patterns(readings, FIRST_DAY + 20) is None


def test_hours_turn_over_at_the_day_start() -> None:
    days = FIRST_DAY + np.arange(84)
    hours = np.where(np.arange(84) % 2 == 0, 2, 9)
    values = np.where(hours == 2, -10.0, -20.0) + np.arange(84) % 3
    patterns = find_patterns(Readings("loudness_dbfs", days, hours, values), LAST)
    assert patterns is not None
    assert patterns.findings[2].hour in (0, 8)
    assert patterns.findings[2].found


def test_looking_more_often_costs_certainty() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.normal(size=(999, 4)) ** 2
    one = joint_chances(np.array([6.0]), drawn[:, :1], np.ones(1))[0]
    looks = np.array([6.0, 0.1, 0.1, 0.1])
    four = joint_chances(looks, drawn, np.ones(4))[0]
    favoured = joint_chances(looks, drawn, np.array([3.0, 1.0, 1.0, 1.0]))[0]
    assert one < favoured < four < 4.5 * one


def test_a_weekend_that_differs_is_found() -> None:
    effect = np.zeros((7, 24))
    effect[5:] = -1.5
    patterns = find_patterns(a_life(7, effect), LAST)
    assert patterns is not None
    weekend = patterns.findings[1]
    assert (weekend.kind, weekend.weekday, weekend.hour) == ("weekend", None, None)
    assert weekend.found
    assert weekend.difference < 0


def test_chance_is_uniform_under_no_pattern() -> None:
    days = FIRST_DAY + np.arange(84)
    members = weekdays(days)[:, None] == np.arange(7)
    signs = chance_signs(days)
    chances = []
    for seed in range(150):
        looks = look(np.random.default_rng(seed).normal(size=84), days, members, signs)
        squares = (looks.drawn**2).sum(axis=1)
        chances.append(exceeding(float((looks.observed**2).sum()), squares))
    assert np.mean(np.array(chances) <= 0.1) == pytest.approx(0.1, abs=0.05)
    assert np.mean(np.array(chances) <= 0.5) == pytest.approx(0.5, abs=0.08)


def test_a_tag_that_matters_is_found_among_those_that_do_not() -> None:
    readings = a_life(5)
    rng = np.random.default_rng(0)
    running = rng.random(len(readings)) < 0.3
    logit = np.log(readings.values / (1 - readings.values)) - 1.5 * running
    changed = Readings("stress", readings.days, readings.hours, 1 / (1 + np.exp(-logit)))
    tags = tuple(
        frozenset({"run"} if ran else ()) | {t for t in "abc" if rng.random() < 0.4}
        for ran in running
    )
    first, *rest = find_tags(Tagged(changed, tags), LAST)
    assert (first.tag, first.found, first.n_entries) == ("run", True, int(running.sum()))
    assert first.difference < 0
    assert not any(tag.found for tag in rest)


def test_rare_tags_are_not_judged() -> None:
    readings = a_life(6)
    tags = tuple(frozenset({"once"} if i == 0 else ()) for i in range(len(readings)))
    assert find_tags(Tagged(readings, tags), LAST) == ()


def test_shuffled_weekdays_are_fair_to_groups_of_few_days() -> None:
    days = FIRST_DAY + np.arange(84)
    groups = np.where(np.arange(7)[:, None] == 0, 0, -1)
    slots = np.zeros(84, np.int64)
    lies = laid(days, shuffled_weekdays(days))
    chances = []
    for seed in range(150):
        values = np.random.default_rng(seed).exponential(size=84)
        looks = look_shuffled(values, days, slots, groups, lies)
        chances.append(exceeding(abs(float(looks.observed[0])), np.abs(looks.drawn[:, 0])))
    assert np.mean(np.array(chances) <= 0.1) == pytest.approx(0.1, abs=0.06)
    mondays = np.where(weekdays(days) == 0, 50.0, 0.0)
    looks = look_shuffled(mondays, days, slots, groups, lies)
    assert exceeding(float(looks.observed[0]), looks.drawn[:, 0]) <= 0.002


def test_shuffling_keeps_the_days_of_each_week() -> None:
    days = FIRST_DAY + np.flatnonzero(np.arange(84) % 5 != 2)
    shuffled = shuffled_weekdays(days)
    for week in np.unique(weeks(days)):
        mine = weeks(days) == week
        assert np.array_equal(np.sort(shuffled[7, mine]), np.sort(weekdays(days)[mine]))
    assert not np.array_equal(shuffled[0], shuffled[1])
