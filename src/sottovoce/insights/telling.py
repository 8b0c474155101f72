"""A report in plain sentences, each from the catalogue, each with its doubt and its count."""

from collections.abc import Iterator

from sottovoce.insights.change import TOLD_FROM
from sottovoce.insights.days import HOURS_A_DAY, WEEKDAYS, day_of
from sottovoce.insights.groups import LARGEST_CHANCE
from sottovoce.insights.patterns import PART_H, Finding
from sottovoce.insights.report import Report
from sottovoce.insights.usual import ANCHOR_DAYS, WARM_UP_DAYS, WARM_UP_ENTRIES, Interval
from sottovoce.insights.wording import name_of, say, way_of

LOOKS = "7 weekdays, the weekend, 6 parts of the day, their 42 pairs and 168 hours of the week"


def tell(report: Report) -> Iterator[str]:
    """The sentences of a report, the plainest first.

    >>> from datetime import date
    >>> from sottovoce.insights.report import look_back
    >>> next(tell(look_back([], "stress", date(2026, 11, 21))))
    'No usable entries yet. Save one with: sottovoce analyze --save memo.m4a'
    """
    if not report.warm_up.entries:
        yield say("empty")
        return
    if not report.warm_up.done:
        yield say(
            "warm_up",
            day=report.warm_up.day,
            days=WARM_UP_DAYS,
            entries=report.warm_up.entries,
            wanted=WARM_UP_ENTRIES,
        )
        return
    yield from tell_standing(report)
    yield from tell_trend(report)
    yield from tell_change(report)
    yield from tell_usual(report)
    yield from tell_patterns(report)
    yield from tell_tags(report)
    yield from tell_recalibration(report)


def tell_standing(report: Report) -> Iterator[str]:
    """Whether the index has earned trust: said before anything is said with it."""
    agreement = report.agreement
    if agreement is None:
        return
    name, counts = (
        name_of(report.measure),
        {"n_reports": agreement.n_reports, "n_days": agreement.n_days},
    )
    if agreement.standing == "too early" or agreement.interval is None:
        yield say("agreement_early", name=name, **counts)
        return
    key = "agreement" if agreement.standing == "agrees" else "agreement_chance"
    shares = (agreement.concordance or 0.0, agreement.interval.low, agreement.interval.high)
    share, low, high = (f"{value:.0%}" for value in shares)
    yield say(key, name=name, share=share, low=low, high=high, **counts)


def tell_usual(report: Report) -> Iterator[str]:
    """The recent usual, and the anchored one beside it."""
    if report.recent:
        usual = report.recent
        low, high = ends(usual.centre_interval)
        band_low, band_high = ends(usual.band)
        yield say(
            "usual",
            name=name_of(report.measure),
            value=figure(usual.value),
            low=low,
            high=high,
            n_days=usual.n_days,
            n_entries=usual.n_entries,
            band_low=band_low,
            band_high=band_high,
        )
    if report.anchored:
        usual = report.anchored
        low, high = ends(usual.centre_interval)
        value = figure(usual.value)
        yield say(
            "anchored", days=ANCHOR_DAYS, value=value, low=low, high=high, n_days=usual.n_days
        )


def tell_trend(report: Report) -> Iterator[str]:
    """Whether it rises, falls, or is about the same."""
    trend = report.trend
    if trend is None:
        yield say("trend_none")
        return
    low, high = (signed(end) for end in (trend.interval.low, trend.interval.high))
    yield say(
        "trend_same" if trend.verdict == "about the same" else "trend_moved",
        weeks=len(report.days) // 7,
        name=name_of(report.measure),
        way=way_of(report.measure, trend.slope_per_week),
        slope=signed(trend.slope_per_week),
        low=low,
        high=high,
        n_days=trend.n_days,
        detectable=figure(trend.detectable),
    )


def tell_change(report: Report) -> Iterator[str]:
    """Whether the level has shifted, since when, and how sure that is."""
    change = report.change
    if change is None:
        return
    probability = f"{change.p_up + change.p_down:.0%}"
    if max(change.p_up, change.p_down) < TOLD_FROM:
        yield say("change_none", probability=probability)
        return
    since, low, high = (
        day_of(day).isoformat() for day in (change.since, change.since_low, change.since_high)
    )
    yield say(
        "change",
        way=way_of(report.measure, change.after - change.before),
        name=name_of(report.measure),
        since=since,
        since_low=low,
        since_high=high,
        before=figure(change.before),
        after=figure(change.after),
        n_before=change.n_before,
        n_after=change.n_after,
        probability=probability,
    )


def tell_patterns(report: Report) -> Iterator[str]:
    """The surest way of looking, found or not: never more than one claim from one test."""
    if report.patterns is None:
        yield say("patterns_early")
        return
    surest = min(report.patterns.findings, key=lambda finding: finding.chance)
    chance = f"{surest.chance:.1%}"
    if surest.chance > LARGEST_CHANCE:
        yield say("patterns_none", n_days=report.patterns.n_days, chance=chance, looks=LOOKS)
        return
    yield say(
        "pattern",
        when=when(surest),
        way=way_of(report.measure, surest.difference),
        name=name_of(report.measure),
        difference=signed(surest.difference),
        n_entries=surest.n_entries,
        n_days=surest.n_days,
        chance=chance,
        looks=LOOKS,
    )


def tell_tags(report: Report) -> Iterator[str]:
    """Each tag that stands out."""
    for tag in report.tags:
        if tag.found:
            yield say(
                "tag",
                tag=tag.tag,
                way=way_of(report.measure, tag.difference),
                name=name_of(report.measure),
                difference=signed(tag.difference),
                n_entries=tag.n_entries,
                n_days=tag.n_days,
                chance=f"{tag.chance:.1%}",
            )


def tell_recalibration(report: Report) -> Iterator[str]:
    """What you would say of yourself beside your usual value, where that could be learnt."""
    line = report.recalibration
    if line is None or report.recent is None or not line.used:
        return
    expected, interval = line.expected(report.recent.value)
    yield say(
        "recalibration",
        n_reports=line.n_reports,
        name=name_of(report.measure),
        value=figure(report.recent.value),
        expected=f"{expected:.1f}",
        low=f"{interval.low:.1f}",
        high=f"{interval.high:.1f}",
        gain=f"{line.gain:.0%}",
    )


def when(finding: Finding) -> str:
    """The time a finding is about, in words.

    >>> when(Finding("part of weekday", 0, 8, 0.1, 20, 11, 0.01))
    'Mondays from 08:00 to 12:00'
    """
    hours = 1 if finding.kind == "hour of weekday" else PART_H
    day = "all days" if finding.weekday is None else f"{WEEKDAYS[finding.weekday]}s"
    if finding.hour is None:
        return "Saturdays and Sundays" if finding.kind == "weekend" else day
    return f"{day} from {finding.hour:02d}:00 to {(finding.hour + hours) % HOURS_A_DAY:02d}:00"


def ends(interval: Interval) -> tuple[str, str]:
    """Both ends as figures."""
    return figure(interval.low), figure(interval.high)


def figure(value: float) -> str:
    """Three figures that count.

    >>> figure(0.34567), figure(182.3)
    ('0.346', '182')
    """
    return f"{value:.3g}"


def signed(value: float) -> str:
    """Two figures that count, with the sign.

    >>> signed(0.0123)
    '+0.012'
    """
    return f"{value:+.2g}"
