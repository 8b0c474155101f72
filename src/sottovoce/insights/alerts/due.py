"""Which alert is due now: at most one a day, none in quiet hours, none of a rule that just spoke.

After an alert, another within 90 days needs stronger grounds.

>>> due({}, Choices(), day_of(0), time(12, 0)) is None
True
"""

from dataclasses import replace
from datetime import date, time, timedelta

from sottovoce.insights.alerts.choices import Choices, Told
from sottovoce.insights.alerts.rules import RULES, Series, Sighting
from sottovoce.insights.days import day_number, day_of

REST_DAYS = 28
REMEMBERED_DAYS = 90
KEPT_DAYS = 366


def due(series: Series, choices: Choices, today: date, wall: time) -> Sighting | None:
    """What the first enabled rule that may speak has seen, or None.

    Parameters
    ----------
    series
        The measures of :data:`~sottovoce.insights.alerts.rules.MEASURES` by day.
    choices
        The person's wishes; nothing is told unless a rule was enabled.
    today
        The local day it is.
    wall
        The time on the wall.
    """
    if choices.is_quiet(wall) or any(told.day >= today for told in choices.told):
        return None
    n_told = sum((today - told.day).days < REMEMBERED_DAYS for told in choices.told)
    for rule in RULES:
        if may_speak(choices, rule, today):
            sighting = RULES[rule](series, day_number(today), n_told)
            if sighting is not None:
                return sighting
    return None


def may_speak(choices: Choices, rule: str, today: date) -> bool:
    """Whether a rule is enabled, not muted, and did not speak in the last 28 days."""
    rested = all(
        today - told.day >= timedelta(days=REST_DAYS) for told in choices.told if told.rule == rule
    )
    muted = rule in choices.muted and today < choices.muted[rule]
    return rule in choices.enabled and rested and not muted


def remember(choices: Choices, sighting: Sighting) -> Choices:
    """Choices that know the alert was given; those older than a year are forgotten."""
    today = day_of(sighting.day)
    kept = tuple(told for told in choices.told if (today - told.day).days <= KEPT_DAYS)
    return replace(choices, told=(*kept, Told(sighting.rule, today)))
