"""How often patterns and tags are found: where there are none, and where there are some."""

from statistics import NormalDist, fmean

import numpy as np
from insight_rows import people, row
from people import FIRST_DAY, Person, live, true_covariance

from sottovoce.insights.days import weekdays
from sottovoce.insights.groups import LARGEST_CHANCE
from sottovoce.insights.patterns import find_patterns
from sottovoce.insights.readings import Readings
from sottovoce.insights.tags import Tagged, find_tags

PATTERN_DAYS = 84


def print_patterns(n: int, seed: int) -> None:
    """How often a pattern is found: where there is none, and where there is one."""
    print("\npatterns by weekday and hour over 12 weeks (told from a chance of 5 % down)")
    lines = [
        ("found where there is none", np.zeros((7, 24)), 2 * n, "wanted: at most 5 %"),
        ("weekdays that differ with a deviation of 0.5", uneven_week(0.5), n, "wanted: 80 %"),
        ("five working days 0.5 above the weekend", raised(0.5, slice(0, 5)), n, ""),
        ("Mondays alone 0.5 above the rest", raised(0.5, 0), n, ""),
        ("Monday mornings alone 0.5 above the rest", raised(0.5, 0, slice(6, 12)), n, ""),
        ("Mondays at 8 o'clock alone 0.5 above the rest", raised(0.5, 0, 8), n, ""),
        ("evenings 0.5 above the rest of the day", raised(0.5, slice(0, 7), slice(16, 24)), n, ""),
        ("Mondays alone 1.0 above the rest", raised(1.0, 0), n, ""),
        ("Monday mornings alone 1.0 above the rest", raised(1.0, 0, slice(6, 12)), n, ""),
        ("Mondays at 8 o'clock alone 1.0 above the rest", raised(1.0, 0, 8), n, ""),
    ]
    for line, (name, effect, count, wanted) in enumerate(lines):
        found, bound = [], []
        for person, rng in people(count, seed, 50 + line):
            readings = live(person, PATTERN_DAYS, rng, cell_effect=effect)
            patterns = find_patterns(readings, FIRST_DAY + PATTERN_DAYS - 1)
            chances = [finding.chance for finding in patterns.findings] if patterns else [1.0]
            found.append(min(chances) <= LARGEST_CHANCE)
            bound.append(best_power(person, readings, effect))
        row(name, found, wanted)
        if effect.any():
            print(f"    the best test of just that, knowing person and place: {fmean(bound):.1%}")
    print_tags(n, seed)


def print_tags(n: int, seed: int) -> None:
    """How often any of eight tags is found that mean nothing."""
    found = []
    for person, rng in people(n, seed, 60):
        readings = live(person, PATTERN_DAYS, rng)
        tags = tuple(
            frozenset(t for t in "abcdefgh" if rng.random() < 0.3) for _ in range(len(readings))
        )
        tested = find_tags(Tagged(readings, tags), FIRST_DAY + PATTERN_DAYS - 1)
        found.append(any(tag.found for tag in tested))
    row("any of eight tags found that mean nothing", found, "wanted: at most 5 %")


def raised(size: float, days: int | slice, hours: int | slice = slice(None)) -> np.ndarray:
    """Some hours of some weekdays above the rest, in personal standard deviations, [7, 24]."""
    effect = np.zeros((7, 24))
    effect[days, hours] = size
    return effect


def uneven_week(deviation: float) -> np.ndarray:
    """Levels of the seven weekdays with that standard deviation, [7, 24]."""
    week = np.array([1.0, 0.5, 0.3, 0.0, 0.0, -0.8, -1.0])
    return np.tile((deviation * (week - week.mean()) / week.std())[:, None], 24)


def best_power(person: Person, readings: Readings, effect: np.ndarray) -> float:
    """Power at 5 %, one-sided, of generalised least squares with all but the size known."""
    shape = effect[weekdays(readings.days), readings.hours] * person.memo_sd
    ones = np.ones(len(shape))
    solved = np.linalg.solve(true_covariance(person, readings.days), np.stack([shape, ones], 1))
    information = shape @ solved[:, 0] - (shape @ solved[:, 1]) ** 2 / (ones @ solved[:, 1])
    return NormalDist().cdf(np.sqrt(max(0.0, information)) - 1.645)
