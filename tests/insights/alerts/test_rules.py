"""Rules need days, not memos; choices are obeyed; at most one alert a day."""

from dataclasses import replace
from datetime import date, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import FIRST_DAY, draw_person, live, with_others

from sottovoce.insights.alerts.choices import (
    Choices,
    UnknownRuleError,
    disable,
    enable,
    from_json,
    mute,
    to_json,
)
from sottovoce.insights.alerts.due import REST_DAYS, due, may_speak, remember
from sottovoce.insights.alerts.rules import RULES, Sighting, flat_voice, outside_band, rising_stress
from sottovoce.insights.alerts.telling import alert_of
from sottovoce.insights.days import day_of
from sottovoce.insights.readings import Daily, Readings, daily

TODAY = FIRST_DAY + 69
NOON = time(12)
ALL = replace(Choices(), enabled=frozenset(RULES))


def steady(last: list[float], measure: str = "stress", spread: float = 0.2) -> Daily:
    """Seventy days around nothing, whose last days are given, on the working scale."""
    rng = np.random.default_rng(4)
    days = FIRST_DAY + np.arange(70)
    values = rng.normal(0.0, spread, 70)
    values[70 - len(last) :] = last
    return Daily(measure, days, values, np.ones(70, np.int64))


def test_three_days_running_outside_the_band() -> None:
    sighting = outside_band({"stress": steady([1.0, 1.1, 0.9])}, TODAY)
    assert sighting is not None
    assert sighting.n_days == 3
    assert sighting.figures["level"] > sighting.figures["high"]
    below = outside_band({"stress": steady([-1.0, -1.1, -0.9])}, TODAY)
    assert below is not None
    assert "calmer" in alert_of(below).title


@pytest.mark.parametrize(
    "last", [[0.0, 0.0, 9.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, -1.0, 1.0]]
)
def test_fewer_days_or_both_sides_are_nothing(last: list[float]) -> None:
    assert outside_band({"stress": steady(last)}, TODAY) is None


def test_a_gap_breaks_the_three_days() -> None:
    whole = steady([1.0, 1.0, 1.0, 1.0])
    kept = np.arange(70) != 67
    gap = Daily("stress", whole.days[kept], whole.values[kept], whole.counts[kept])
    assert outside_band({"stress": gap}, TODAY) is None


@pytest.mark.parametrize("rule", RULES.values())
def test_no_single_day_raises_anything(rule: object) -> None:
    rng = np.random.default_rng(6)
    person = replace(draw_person(rng), adherence=1.0)
    measures = with_others(person, live(person, 70, rng), rng)
    series = {name: daily(readings) for name, readings in measures.items()}
    calm = {name: daily(readings.between(0, TODAY - 1)) for name, readings in measures.items()}
    assert RULES["rising_stress"](calm, TODAY - 1) is None
    for name, wild in (("stress", 50.0), ("pitch_range_semitones", -90.0), ("pause_mean_s", 9.0)):
        series[name].values[-1] = wild
    assert rule(series, TODAY) is None  # type: ignore[operator]


def test_nothing_before_the_usual_is_learnt() -> None:
    rng = np.random.default_rng(7)
    days = FIRST_DAY + np.arange(13)
    values = np.where(days < FIRST_DAY + 9, 0.0, 3.0) + rng.normal(0, 0.1, 13)
    young = {name: Daily(name, days, values, np.full(13, 3)) for name in ("stress",)}
    assert all(rule(young, FIRST_DAY + 12) is None for rule in RULES.values())
    assert all(rule({}, FIRST_DAY + 12) is None for rule in RULES.values())


def test_a_lasting_rise_is_told_with_its_figures() -> None:
    sighting = rising_stress({"stress": steady([0.6] * 10)}, TODAY)
    assert sighting is not None
    assert sighting.figures["level"] > sighting.figures["usual"]
    assert rising_stress({"stress": steady([-0.6] * 10)}, TODAY) is None
    alert = alert_of(sighting, "NL")
    assert alert.title.startswith("Your voice sounded tenser than usual since about 20")
    for part in ("Rule rising_stress", "%", "alerts mute rising_stress", "113", "by chance"):
        assert part in alert.body


def test_a_flat_week_needs_both_signs() -> None:
    melody = steady([-2.0] * 7, "pitch_range_semitones", 1.0)
    pauses = steady([0.4] * 7, "pause_mean_s")
    usual_pauses = steady([], "pause_mean_s")
    both = {"pitch_range_semitones": melody, "pause_mean_s": pauses}
    sighting = flat_voice(both, TODAY)
    assert sighting is not None
    assert "flatter than usual this week" in alert_of(sighting).title
    assert flat_voice({**both, "pause_mean_s": usual_pauses}, TODAY) is None
    assert flat_voice({"pitch_range_semitones": melody}, TODAY) is None


def test_every_rule_is_off_until_enabled() -> None:
    series = {"stress": steady([1.0] * 12)}
    assert due(series, Choices(), day_of(TODAY), NOON) is None
    only = enable(Choices(), "outside_band")
    sighting = due(series, only, day_of(TODAY), NOON)
    assert sighting is not None
    assert sighting.rule == "outside_band"


def test_at_most_one_a_day_and_a_rule_rests() -> None:
    series = {"stress": steady([1.0] * 12)}
    first = due(series, ALL, day_of(TODAY), NOON)
    assert first is not None
    told = remember(ALL, first)
    assert due(series, told, day_of(TODAY), NOON) is None
    assert not may_speak(told, first.rule, day_of(TODAY + REST_DAYS - 1))
    assert may_speak(told, first.rule, day_of(TODAY + REST_DAYS))


def test_a_second_alert_within_90_days_needs_stronger_grounds() -> None:
    weak, strong = {"stress": steady([0.12] * 6)}, {"stress": steady([0.8] * 12)}
    assert rising_stress(weak, TODAY) is not None
    assert rising_stress(weak, TODAY, 1) is None
    assert rising_stress(strong, TODAY, 2) is not None
    assert outside_band(strong, TODAY) is not None
    assert outside_band(strong, TODAY, 1) is None


@pytest.mark.parametrize(("days_ago", "told"), [(89, False), (90, True)])
def test_an_alert_is_remembered_for_90_days(days_ago: int, told: bool) -> None:
    series = {"stress": steady([0.12] * 6)}
    choices = remember(ALL, Sighting("flat_voice", TODAY - days_ago, 7, {}))
    assert (due(series, choices, day_of(TODAY), NOON) is not None) == told


def test_quiet_hours_and_mutes_are_kept() -> None:
    series = {"stress": steady([1.0, 1.0, 1.0])}
    only = enable(Choices(), "outside_band")
    assert due(series, only, day_of(TODAY), time(22)) is None
    assert due(series, only, day_of(TODAY), time(7, 59)) is None
    assert due(series, only, day_of(TODAY), time(8)) is not None
    until = day_of(TODAY) + timedelta(days=1)
    assert due(series, mute(only, "outside_band", until), day_of(TODAY), NOON) is None
    assert due(series, mute(only, "outside_band"), day_of(TODAY), NOON) is None
    muted_before = mute(only, "outside_band", day_of(TODAY))
    assert due(series, muted_before, day_of(TODAY), NOON) is not None
    assert due(series, disable(only, "outside_band"), day_of(TODAY), NOON) is None


@settings(deadline=None)
@given(st.times(), st.times(), st.times())
def test_quiet_hours_turned_round_are_the_loud_ones(begin: time, end: time, wall: time) -> None:
    quiet = replace(Choices(), quiet_from=begin, quiet_until=end).is_quiet(wall)
    loud = replace(Choices(), quiet_from=end, quiet_until=begin).is_quiet(wall)
    assert quiet != loud or begin == end
    assert not (begin == end and quiet)


def test_unknown_rules_are_a_sentence() -> None:
    with pytest.raises(UnknownRuleError, match="'no_such' is no rule; there are rising_stress"):
        enable(Choices(), "no_such")


def test_choices_go_there_and_back() -> None:
    choices = replace(
        mute(enable(Choices(), "flat_voice"), "flat_voice", date(2027, 1, 1)),
        deliver_to=("json://localhost",),
        region="DE",
        day_start_h=5,
    )
    choices = remember(choices, Sighting("flat_voice", TODAY, 7, {}))
    assert from_json(to_json(choices)) == choices


def test_what_was_told_is_forgotten_after_a_year() -> None:
    told = remember(ALL, Sighting("flat_voice", TODAY, 7, {}))
    told = remember(told, Sighting("flat_voice", TODAY + 400, 7, {}))
    assert len(told.told) == 1


def test_a_null_journal_gets_few_alerts() -> None:
    counts = []
    for seed in range(20):
        rng = np.random.default_rng((51, seed))
        readings: Readings = live(draw_person(rng), 104, rng)
        series = {"stress": daily(readings)}
        choices = ALL
        for day in series["stress"].days.tolist():
            sighting = due(series, choices, day_of(day), NOON)
            choices = remember(choices, sighting) if sighting else choices
        counts.append(len(choices.told))
    assert sum(count > 1 for count in counts) <= 2
