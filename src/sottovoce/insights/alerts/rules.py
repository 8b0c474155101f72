"""The rules an alert can come from, each a pure function of days: what was seen, or None.

A rule sees at least three days of entries, so one memo never raises anything; and none speaks while
the usual is learnt. The thresholds were tuned with ``benchmarks/insights.py`` so that 19 of 20
journals in which nothing changes get at most one alert in 90 days from all rules together.

Every rule is told how many alerts there were in the last 90 days. A level seldom shifts twice in so
short a time, so each of them makes another shift five times less likely before looking, and the
evidence for it must be five times stronger; the rules that weigh no evidence then say nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, sqrt
from typing import Protocol

import numpy as np

from sottovoce.insights.change import TOLD_FROM, find_change
from sottovoce.insights.days import DAYS_A_WEEK
from sottovoce.insights.readings import Daily
from sottovoce.insights.scales import from_working
from sottovoce.insights.usual import Usual, learn_usual, warm_up

RUNNING_DAYS = 3
FLAT_WEEK_LEAST_DAYS = 4
FLAT_EACH = 0.8
FLAT_TOGETHER = 3.6
FLAT_CUT = 2.0
HISTORY_DAYS = 60
RARER = 5.0  # tuned on seed 31

Series = Mapping[str, Daily]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a rule saw: figures by name, for the words that tell it.

    ``rule`` is the rule's name, ``day`` the local day it was seen on, ``n_days`` how many days it
    rests on.
    """

    rule: str
    day: int
    n_days: int
    figures: Mapping[str, float]


class Rule(Protocol):
    """A look at the days until ``today``, knowing of the alerts of the last 90 days."""

    def __call__(self, series: Series, today: int, n_told: int = 0) -> Sighting | None:
        """What was seen, or None."""


def rising_stress(series: Series, today: int, n_told: int = 0) -> Sighting | None:
    """The level of the stress index has risen within the last 30 days, and stayed there.

    A shift upwards must have the probability from which shifts are told at all (see
    :func:`~sottovoce.insights.change.find_change`), with today among its days; and five times the
    odds for each of the ``n_told`` alerts of the last 90 days.
    """
    stress = series.get("stress")
    if stress is None or not _spoke(stress, today):
        return None
    change = find_change(stress, today)
    if change is None or odds(change.p_up) < RARER**n_told * odds(TOLD_FROM):
        return None
    figures = {
        "level": change.after,
        "usual": change.before,
        "probability": change.p_up,
        "since": change.since,
        "n_before": change.n_before,
    }
    return Sighting("rising_stress", today, change.n_after, figures)


def outside_band(series: Series, today: int, n_told: int = 0) -> Sighting | None:
    """Three days running, each with entries, on the same side outside your band of 90 %."""
    stress = None if n_told else series.get("stress")
    usual = _usual_before(stress, today - RUNNING_DAYS)
    if stress is None or usual is None:
        return None
    last = stress.between(today - RUNNING_DAYS + 1, today)
    levels = [from_working("stress", value) for value in last.values.tolist()]
    above = len(levels) == RUNNING_DAYS and min(levels) > usual.band.high
    below = len(levels) == RUNNING_DAYS and max(levels) < usual.band.low
    if not (above or below):
        return None
    figures = {
        "level": sum(levels) / RUNNING_DAYS,
        "usual": usual.value,
        "low": usual.band.low,
        "high": usual.band.high,
        "n_before": usual.n_days,
    }
    return Sighting("outside_band", today, RUNNING_DAYS, figures)


def flat_voice(series: Series, today: int, n_told: int = 0) -> Sighting | None:
    """A week with less melody and longer pauses than usual, both, and more than chance does.

    Each week's mean is held against the usual of the 60 days before it, in units of its own doubt;
    both must point to flatness, and together they must be unlikely.
    """
    melody, pauses = series.get("pitch_range_semitones"), series.get("pause_mean_s")
    if n_told or melody is None or pauses is None or not _spoke(melody, today):
        return None
    flatter, longer = _week_score(melody, today), _week_score(pauses, today)
    if flatter is None or longer is None or min(-flatter, longer) < FLAT_EACH:
        return None
    if (longer - flatter) / sqrt(2.0) < FLAT_TOGETHER:
        return None
    return Sighting("flat_voice", today, _week(melody, today)[1], _flat_figures(series, today))


RULES: Mapping[str, Rule] = {
    "rising_stress": rising_stress,
    "outside_band": outside_band,
    "flat_voice": flat_voice,
}
MEASURES = ("stress", "pitch_range_semitones", "pause_mean_s")


def odds(probability: float) -> float:
    """What is for it over what is against it; infinite for certainty.

    >>> odds(0.75)
    3.0
    """
    return probability / (1.0 - probability) if probability < 1.0 else inf


def _spoke(series: Daily, today: int) -> bool:
    """Whether there is an entry today: yesterday's news is not told again."""
    return bool(len(series.between(today, today)))


def _usual_before(series: Daily | None, last: int) -> Usual | None:
    """The usual of the 60 days that end on ``last``; None while it is learnt."""
    if series is None or not warm_up(series, last).done:
        return None
    return learn_usual(series.between(last - HISTORY_DAYS + 1, last))


def _week(series: Daily, today: int) -> tuple[float, int]:
    part = series.between(today - DAYS_A_WEEK + 1, today)
    return float(part.values.mean()) if len(part) else 0.0, len(part)


def _week_score(series: Daily, today: int) -> float | None:
    """How far the last seven days lie from the usual before them, in standard errors.

    A day counts for two spreads at most, so that none decides alone.
    """
    usual = _usual_before(series, today - DAYS_A_WEEK)
    days = series.between(today - DAYS_A_WEEK + 1, today).values
    if usual is None or len(days) < FLAT_WEEK_LEAST_DAYS:
        return None
    distances = np.clip((days - usual.centre) / usual.spread, -FLAT_CUT, FLAT_CUT)
    return float(distances.mean()) / sqrt(usual.inflation * (1.0 / len(days) + 1.0 / usual.n_days))


def _flat_figures(series: Series, today: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name in ("pitch_range_semitones", "pause_mean_s"):
        usual = _usual_before(series[name], today - DAYS_A_WEEK)
        if usual is not None:
            figures[name] = from_working(name, _week(series[name], today)[0])
            figures[f"usual_{name}"] = usual.value
            figures["n_before"] = usual.n_days
    return figures
