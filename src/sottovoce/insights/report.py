"""All insights on one measure, as one value: the table that words and charts are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sottovoce.entries import Entry
from sottovoce.insights.agreement import Agreement, Reports, find_agreement, reports_of
from sottovoce.insights.change import Change, find_change
from sottovoce.insights.days import DAY_START_H, DAYS_A_WEEK, day_number
from sottovoce.insights.felt import Felt, Said, felt_by_day, said_in
from sottovoce.insights.patterns import Patterns, find_patterns
from sottovoce.insights.readings import Readings, daily
from sottovoce.insights.recalibration import Recalibration, recalibrate
from sottovoce.insights.scales import INDEXES
from sottovoce.insights.tags import TagFinding, Tagged, find_tags, tagged_of
from sottovoce.insights.trends import Level, Trend, by_day, by_week, find_trend
from sottovoce.insights.usual import Usual, WarmUp, anchored_usual, recent_usual, warm_up


@dataclass(frozen=True, slots=True)
class Report:
    """What a journal tells of one measure on a day; None or empty where it is too early to say.

    ``agreement`` and ``recalibration`` are of the indices only.
    """

    measure: str
    today: date
    warm_up: WarmUp
    recent: Usual | None
    anchored: Usual | None
    days: tuple[Level, ...]
    weeks: tuple[Level, ...]
    felt: tuple[Felt, ...]
    trend: Trend | None
    change: Change | None
    patterns: Patterns | None
    tags: tuple[TagFinding, ...]
    agreement: Agreement | None
    recalibration: Recalibration | None


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What a report on a measure is made from.

    ``readings`` hold its first 28 days and all that is looked back on; ``tagged`` at least the last
    twelve weeks, with tags; ``reports`` the latest self-reports, None for other than indices;
    ``said`` all self-reports of the days looked back on.
    """

    readings: Readings
    tagged: Tagged
    reports: Reports | None
    said: Said


def look_back(
    entries: Sequence[Entry],
    measure: str,
    today: date,
    n_weeks: int = 12,
    day_start_h: int = DAY_START_H,
) -> Report:
    """Everything the entries tell of a measure; see :func:`report_on`.

    ``measure`` is ``stress``, ``anxiety``, ``low_mood``, ``emotion_sad`` and the like, or a
    biomarker with its unit.

    >>> look_back([], "stress", date(2026, 11, 21)).warm_up
    WarmUp(day=0, entries=0)
    """
    tagged = tagged_of(entries, measure, day_start_h)
    reports = reports_of(entries, measure, day_start_h) if measure in INDEXES else None
    said = said_in(entries, day_start_h)
    return report_on(Material(tagged.readings, tagged, reports, said), today, n_weeks, day_start_h)


def report_on(
    material: Material, today: date, n_weeks: int = 12, day_start_h: int = DAY_START_H
) -> Report:
    """Everything that can be told of a measure.

    Parameters
    ----------
    material
        The first 28 days and the last ``n_weeks`` (at least 13) are looked at.
    today
        The local day it is.
    n_weeks
        How far back days, weeks and the trend reach.
    day_start_h
        The hour at which a day starts.
    """
    last = day_number(today)
    first = last - n_weeks * DAYS_A_WEEK + 1
    readings, series = material.readings, daily(material.readings)
    learnt, reports = warm_up(series, last), material.reports
    return Report(
        measure=readings.measure,
        today=today,
        warm_up=learnt,
        recent=recent_usual(series, last),
        anchored=anchored_usual(series, last),
        days=by_day(series, first, last),
        weeks=by_week(series, first, last),
        felt=felt_by_day(material.said, first, last),
        trend=find_trend(readings, first, last) if learnt.done else None,
        change=find_change(series, last),
        patterns=find_patterns(readings, last, day_start_h),
        tags=find_tags(material.tagged, last),
        agreement=find_agreement(reports) if reports else None,
        recalibration=recalibrate(reports) if reports else None,
    )
