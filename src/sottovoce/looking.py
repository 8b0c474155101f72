"""From the journal to what it tells: only the columns that an insight needs are read."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from sottovoce.insights.agreement import MOST_REPORTS, Reports
from sottovoce.insights.alerts.choices import Choices
from sottovoce.insights.alerts.due import due
from sottovoce.insights.alerts.rules import MEASURES, Series, Sighting
from sottovoce.insights.days import DAY_START_H, DAYS_A_WEEK, day_number, day_numbers
from sottovoce.insights.felt import Said
from sottovoce.insights.groups import SPAN_DAYS
from sottovoce.insights.readings import Readings, daily, day_order, from_columns
from sottovoce.insights.report import Material, Report, report_on
from sottovoce.insights.scales import INDEXES
from sottovoce.insights.scales import MEASURES as ALL_MEASURES
from sottovoce.insights.tags import Tagged
from sottovoce.insights.usual import ANCHOR_DAYS, RECENT_DAYS, Usual, usual_before
from sottovoce.journal.measures import (
    Heard,
    find_heard,
    find_reported,
    find_said,
    find_tagged,
    first_heard,
)
from sottovoce.journal.owned import Owned
from sottovoce.journal.store import Journal

LOOKED_AT_DAYS = 100
MARGIN = timedelta(days=2)  # a local day begins and ends up to a day off that of UTC


def journal_report(
    journal: Journal,
    measure: str,
    today: date,
    n_weeks: int = 12,
    day_start_h: int = DAY_START_H,
) -> Report:
    """What a journal tells of a measure, in the words of :func:`report_on`.

    Parameters
    ----------
    measure
        ``stress``, ``anxiety``, ``low_mood``, ``emotion_sad`` and the like, or a biomarker with its
        unit.
    today
        The local day it is.
    n_weeks
        How far back days, weeks and the trend reach.
    day_start_h
        The hour at which a day starts.
    """
    n_days = max(LOOKED_AT_DAYS, n_weeks * DAYS_A_WEEK)
    with journal.reading() as owned:
        material = Material(
            readings=readings_in(owned, measure, today, n_days, day_start_h),
            tagged=tagged_in(owned, measure, today, day_start_h),
            reports=reports_in(owned, measure, day_start_h) if measure in INDEXES else None,
            said=said_since(owned, days_before(today, n_days), day_start_h),
        )
    return report_on(material, today, n_weeks, day_start_h)


def usuals_before(
    journal: Journal, day: date, day_start_h: int = DAY_START_H
) -> dict[str, Usual | None]:
    """Your usual in every measure as it was before a day; None where it was not known."""
    since, until = days_before(day, RECENT_DAYS), days_before(day, 0) + 2 * MARGIN
    with journal.reading() as owned:
        heard = {name: find_heard(owned, name, since, until) for name in ALL_MEASURES}
    return {
        name: usual_before(daily(readings_from([one], name, day_start_h)), day_number(day))
        for name, one in heard.items()
    }


def alert_series(journal: Journal, today: date, day_start_h: int = DAY_START_H) -> Series:
    """The measures that alert rules watch, by day."""
    with journal.reading() as owned:
        return {
            name: daily(readings_in(owned, name, today, LOOKED_AT_DAYS, day_start_h))
            for name in MEASURES
        }


def due_now(journal: Journal, choices: Choices, wall: datetime) -> Sighting | None:
    """What an alert rule has seen that may be told now; ``wall`` is the aware time there."""
    if not choices.enabled:
        return None
    today = local_day(wall, choices.day_start_h)
    return due(alert_series(journal, today, choices.day_start_h), choices, today, wall.time())


def told_today(journal: Journal, choices: Choices, wall: datetime) -> Sighting | None:
    """What the rule that spoke today sees, as the days are now; None where none spoke."""
    today = local_day(wall, choices.day_start_h)
    before = tuple(told for told in choices.told if told.day < today)
    spoke = choices.enabled & {told.rule for told in choices.told if told.day >= today}
    return due_now(journal, replace(choices, told=before, enabled=spoke), wall)


def local_day(wall: datetime, day_start_h: int) -> date:
    """The day it is at a time on the wall, for whom a day starts at ``day_start_h``.

    >>> local_day(datetime(2026, 3, 2, 1, 30), 4).isoformat()
    '2026-03-01'
    """
    return (wall - timedelta(hours=day_start_h)).date()


def readings_in(owned: Owned, measure: str, today: date, n_days: int, day_start_h: int) -> Readings:
    """A measure in its first 28 days, for the anchored usual, and in the last ``n_days``."""
    first = first_heard(owned, measure)
    since = days_before(today, n_days)
    if first is None or first + timedelta(days=ANCHOR_DAYS) + MARGIN >= since:
        return readings_from([find_heard(owned, measure)], measure, day_start_h)
    anchor = find_heard(owned, measure, None, first + timedelta(days=ANCHOR_DAYS) + MARGIN)
    return readings_from([anchor, find_heard(owned, measure, since)], measure, day_start_h)


def readings_from(parts: list[Heard], measure: str, day_start_h: int) -> Readings:
    """Readings from columns, part after part."""
    return from_columns(
        measure,
        np.concatenate([part.utc_s for part in parts]),
        np.concatenate([part.offset_min for part in parts]),
        np.concatenate([part.values for part in parts]),
        day_start_h,
    )


def tagged_in(owned: Owned, measure: str, today: date, day_start_h: int) -> Tagged:
    """A measure and its tags in the weeks in which tags are looked at."""
    heard, tags = find_tagged(owned, measure, days_before(today, SPAN_DAYS))
    order = day_order(heard.utc_s, heard.offset_min, day_start_h)
    readings = readings_from([heard], measure, day_start_h)
    return Tagged(readings, tuple(tags[place] for place in order.tolist()))


def reports_in(owned: Owned, measure: str, day_start_h: int) -> Reports:
    """The latest self-reports beside an index."""
    heard, valences = find_reported(owned, measure, MOST_REPORTS)
    days = day_numbers(heard.utc_s, heard.offset_min, day_start_h)
    order = np.lexsort((valences, heard.values, days))
    return Reports(measure, days[order], heard.values[order], valences[order])


def said_since(owned: Owned, since: datetime, day_start_h: int) -> Said:
    """The self-reports since an instant, by local day."""
    instants, offsets, valences = find_said(owned, since)
    return Said(day_numbers(instants, offsets, day_start_h), valences)


def days_before(today: date, n_days: int) -> datetime:
    """An instant before all of the last ``n_days``, wherever on Earth they were."""
    return datetime.combine(today, time(), UTC) - timedelta(days=n_days) - MARGIN
