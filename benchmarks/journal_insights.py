"""Every insight from the database to its answer, in a journal of ten years."""

import gc
from collections.abc import Callable
from datetime import date
from datetime import time as wall_time

from journal_entries import END, SPAN
from timing import seconds, spread

from sottovoce.insights.agreement import find_agreement
from sottovoce.insights.alerts.choices import Choices, enable
from sottovoce.insights.alerts.due import due
from sottovoce.insights.alerts.rules import RULES
from sottovoce.insights.change import find_change
from sottovoce.insights.days import DAY_START_H, day_number
from sottovoce.insights.groups import SPAN_DAYS
from sottovoce.insights.patterns import find_patterns
from sottovoce.insights.readings import Readings, daily
from sottovoce.insights.recalibration import recalibrate
from sottovoce.insights.tags import find_tags
from sottovoce.insights.trends import by_day, by_week, find_trend
from sottovoce.insights.usual import anchored_usual, recent_usual
from sottovoce.journal.store import Journal
from sottovoce.looking import (
    RECENT_DAYS,
    alert_series,
    journal_report,
    readings_in,
    reports_in,
    tagged_in,
)

ROUNDS = 30
TODAY: date = END.date()
LAST = day_number(TODAY)
TEN_YEARS_DAYS = SPAN.days
FIRST = LAST - TEN_YEARS_DAYS
NOON = wall_time(12)


def measure_insights(journal: Journal) -> None:
    """Print how long each takes, a transaction of its own each time, as a service is set up."""
    gc.collect()
    gc.freeze()
    print(f"insights on stress, from the database to the answer, {ROUNDS} rounds")
    for name, look in looks(journal).items():
        look()
        spread(name, [seconds(look) for _ in range(ROUNDS)])


def looks(journal: Journal) -> dict[str, Callable[[], object]]:
    """The questions, by name."""
    return {
        "your usual, recent and anchored": lambda: usuals(journal),
        "levels by day, ten years": lambda: by_day(daily(read(journal)), FIRST, LAST),
        "levels by week, ten years": lambda: by_week(daily(read(journal)), FIRST, LAST),
        "trend, ten years": lambda: find_trend(read(journal), FIRST, LAST),
        "trend, twelve weeks": lambda: find_trend(read(journal, SPAN_DAYS), LAST - 83, LAST),
        "pattern of weekdays and hours": lambda: find_patterns(read(journal, SPAN_DAYS), LAST),
        "tags": lambda: tags(journal),
        "change point": lambda: find_change(daily(read(journal, RECENT_DAYS)), LAST),
        "agreement with self-reports": lambda: agreement(journal),
        "alerts, all rules": lambda: alerts(journal),
        "all of it (trends), twelve weeks": lambda: journal_report(journal, "stress", TODAY),
        "all of it (trends), ten years": lambda: journal_report(journal, "stress", TODAY, 520),
    }


def read(journal: Journal, n_days: int = TEN_YEARS_DAYS) -> Readings:
    """The first 28 and the last so many days of stress."""
    with journal.reading() as owned:
        return readings_in(owned, "stress", TODAY, n_days, DAY_START_H)


def usuals(journal: Journal) -> object:
    """Both usuals."""
    series = daily(read(journal, RECENT_DAYS))
    return recent_usual(series, LAST), anchored_usual(series, LAST)


def tags(journal: Journal) -> object:
    """All tags of twelve weeks."""
    with journal.reading() as owned:
        tagged = tagged_in(owned, "stress", TODAY, DAY_START_H)
    return find_tags(tagged, LAST)


def agreement(journal: Journal) -> object:
    """Agreement, and the line to expected reports."""
    with journal.reading() as owned:
        reports = reports_in(owned, "stress", DAY_START_H)
    return find_agreement(reports), recalibrate(reports)


def alerts(journal: Journal) -> object:
    """The first rule that would speak."""
    choices = Choices()
    for rule in RULES:
        choices = enable(choices, rule)
    return due(alert_series(journal, TODAY), choices, TODAY, NOON)
