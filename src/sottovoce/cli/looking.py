"""What the insight commands look at: the entries of the journal and the day it is here."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.entries import Entry
    from sottovoce.insights.alerts.choices import Choices
    from sottovoce.insights.alerts.rules import Sighting

RECENT_DAYS = 100


def today_here(day_start_h: int) -> tuple[date, datetime]:
    """The local day, and the time on the wall, of this machine."""
    wall = datetime.now().astimezone()
    return (wall - timedelta(hours=day_start_h)).date(), wall


def looked_at(n_days: int) -> "list[Entry]":
    """The first entries, for the anchored usual, and those of the last ``n_days`` days."""
    from sottovoce.cli.opening import my_journal
    from sottovoce.insights.usual import ANCHOR_DAYS

    now = datetime.now().astimezone()
    with my_journal() as journal:
        first = next(iter(journal.entries()), None)
        if first is None:
            return []
        anchored_until = first.recorded_at.utc + timedelta(days=ANCHOR_DAYS + 1)
        recent_since = max(now - timedelta(days=n_days + 1), anchored_until)
        return [
            *journal.entries(None, anchored_until),
            *journal.entries(recent_since, None),
        ]


def due_now(choices: "Choices") -> "Sighting | None":
    """What an alert rule has seen that may be told now."""
    from sottovoce.insights.alerts.due import due
    from sottovoce.insights.alerts.rules import MEASURES
    from sottovoce.insights.readings import daily, readings_of

    if not choices.enabled:
        return None
    today, wall = today_here(choices.day_start_h)
    entries = looked_at(RECENT_DAYS)
    series = {name: daily(readings_of(entries, name, choices.day_start_h)) for name in MEASURES}
    return due(series, choices, today, wall.time())
