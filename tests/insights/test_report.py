"""All insights together: from entries to sentences, at every stage of a journal's life."""

import re
from datetime import UTC, date, datetime

import pytest

from lives import life
from sottovoce.insights.report import look_back
from sottovoce.insights.telling import tell

NOW = datetime(2026, 11, 21, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_while_the_usual_is_learnt_only_that_is_said() -> None:
    report = look_back(life(4, NOW, seed=1), "stress", TODAY)
    (sentence,) = tell(report)
    assert re.match(r"Learning your usual: day \d of 14, \d+ of 10 usable entries", sentence)
    assert report.trend is None
    assert report.patterns is None
    assert report.change is None


def test_a_full_journal_says_each_thing_once_with_doubt() -> None:
    report = look_back(life(90, NOW, seed=2), "stress", TODAY)
    words = list(tell(report))
    assert report.agreement is not None
    assert report.agreement.standing == "agrees"
    assert len(words) >= 5
    text = " ".join(words)
    for part in ("pointed the same way as your own reports", "90 %", "Your usual stress index"):
        assert part in text
    assert "you are" not in text.lower()
    assert len(report.days) == 84
    assert sum(day.n_entries for day in report.days) == sum(w.n_entries for w in report.weeks)


def test_a_large_shift_is_told_with_since_and_probability() -> None:
    report = look_back(life(90, NOW, seed=3, shift=2.5), "stress", TODAY)
    text = " ".join(tell(report))
    assert "may have sounded tenser since about 2026-11" in text
    assert "even odds were assumed beforehand" in text


def test_measures_of_the_voice_have_no_agreement() -> None:
    report = look_back(life(30, NOW), "pitch_median_hz", TODAY)
    assert report.agreement is None
    assert next(tell(report)).startswith("No usable entries yet")


@pytest.mark.parametrize("n_weeks", [4, 104])
def test_any_span_can_be_looked_back_on(n_weeks: int) -> None:
    report = look_back(life(120, NOW, seed=4), "stress", TODAY, n_weeks)
    assert len(report.days) == 7 * n_weeks
