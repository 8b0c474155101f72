"""The example weeks hold the truth that they say they hold, and are marked."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest

from journals import run
from sottovoce.insights.change import TOLD_FROM
from sottovoce.insights.days import day_number
from sottovoce.insights.report import Report, look_back
from sottovoce.insights.telling import tell
from sottovoce.journal.erase import erase_made_up
from sottovoce.journal.examples import (
    MONDAY,
    TRUTH,
    Truth,
    add_examples,
    effect_sd,
    example_entry,
    ten_weeks,
)
from sottovoce.journal.store import Journal
from sottovoce.journal.wire import entry_from_wire, entry_to_wire

TODAY = date(2026, 6, 1)


def test_they_are_marked_whole_and_added_once(journal: Journal) -> None:
    added = add_examples(journal, "Europe/Berlin")
    entries = list(journal.entries(whole=True))
    assert len(entries) == added == journal.count() > 90
    assert add_examples(journal, "Europe/Berlin") == 0
    for entry in entries:
        assert entry.example
        assert entry.usable
        assert entry_from_wire(entry_to_wire(entry), "ada") == entry
        stress = entry.analysis["stress"]
        assert abs(sum(stress["contributions"].values()) - stress["value"]) < 1e-9
        assert abs(sum(entry.analysis["emotions"].values()) - 1) < 1e-9
    span = entries[-1].recorded_at.utc - entries[0].recorded_at.utc
    assert 7 * TRUTH.weeks - 4 < span.days < 7 * TRUTH.weeks
    assert erase_made_up(journal) == added


def test_the_truth_is_in_them() -> None:
    made = list(ten_weeks(TODAY, "Europe/Berlin"))
    first = date(2026, 3, 23)
    known = [
        effect_sd(
            one.at.date(),
            "".join(one.tags),
            (one.at.date() - first).days // 7,
        )
        for one in made
    ]
    rest = np.array([one.above_sd for one in made]) - np.array(known)
    assert abs(rest.mean()) < 0.25
    assert 0.8 < rest.std() < 1.2
    assert np.corrcoef(known, [one.above_sd for one in made])[0, 1] > 0.6


DAYS = [TODAY + timedelta(days=9 * number) for number in range(7)]  # each another weekday
NOTHING = replace(TRUTH, monday_sd=0.0, deadline_sd=0.0, shift_sd=0.0)


def told_of(truth: Truth, today: date) -> Report:
    """What insights tell of ten weeks of that truth, on the evening before ``today``."""
    now = datetime.combine(today, time(8), UTC)
    spoken = ten_weeks(today, "Europe/Berlin", truth)
    entries = [example_entry(one, "ada", now) for one in spoken]
    return look_back(entries, "stress", today - timedelta(days=1))


def monday_found(report: Report) -> bool:
    assert report.patterns is not None
    of_weekdays = report.patterns.findings[0]
    return of_weekdays.found and of_weekdays.weekday == MONDAY and of_weekdays.difference > 0


def deadline_found(report: Report) -> bool:
    return any(one.tag == "deadline" and one.found and one.difference > 0 for one in report.tags)


def shift_found(report: Report, today: date) -> bool:
    begun = day_number(today) - 7 * (TRUTH.weeks - TRUTH.shift_from_week)
    change = report.change
    assert change is not None
    return change.p_up >= TOLD_FROM and change.since_low <= begun <= change.since_high


@pytest.mark.parametrize("today", DAYS)
def test_insights_find_the_truth_in_ten_weeks(today: date) -> None:
    report = told_of(TRUTH, today)
    assert monday_found(report)
    assert deadline_found(report)
    assert shift_found(report, today)
    assert report.agreement is not None
    assert report.agreement.standing == "agrees"
    assert "Mondays" in " ".join(tell(report))


@pytest.mark.parametrize("today", DAYS)
def test_without_a_truth_they_find_none(today: date) -> None:
    report = told_of(NOTHING, today)
    assert report.patterns is not None
    assert not any(finding.found for finding in report.patterns.findings)
    assert not any(finding.found for finding in report.tags)
    assert not shift_found(report, today)


@pytest.mark.parametrize("effect", ["monday_sd", "deadline_sd", "shift_sd"])
def test_each_is_found_for_its_own_sake(effect: str) -> None:
    """With one of them taken away the others are still found, and that one is not."""
    report = told_of(replace(TRUTH, **{effect: 0.0}), TODAY)
    found = (monday_found(report), deadline_found(report), shift_found(report, TODAY))
    names = ("monday_sd", "deadline_sd", "shift_sd")
    assert found == tuple(name != effect for name in names)


def test_the_demonstration_fills_them_in_and_they_go_in_one_command(tmp_path: Path) -> None:

    shown = run("demo", "--no-serve", home=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "sottovoce journal erase --examples" in shown.stderr
    assert shown.stdout.count("example") >= 5
    gone = run("journal", "erase", "--examples", home=tmp_path)
    assert "example entries erased" in gone.stderr
    assert "no entries" in run("journal", "list", home=tmp_path).stderr
