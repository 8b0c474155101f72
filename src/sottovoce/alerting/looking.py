"""What insights and alerts look at: the entries of a journal, and the day it is."""

from datetime import date, datetime, timedelta

from sottovoce.entries import Entry
from sottovoce.insights.alerts.choices import Choices
from sottovoce.insights.alerts.due import due
from sottovoce.insights.alerts.rules import MEASURES, Sighting
from sottovoce.insights.readings import daily, readings_of
from sottovoce.insights.usual import ANCHOR_DAYS
from sottovoce.journal.store import Journal

RECENT_DAYS = 100


def local_day(wall: datetime, day_start_h: int) -> date:
    """The day it is at a time on the wall, for whom a day starts at ``day_start_h``.

    >>> local_day(datetime(2026, 3, 2, 1, 30), 4).isoformat()
    '2026-03-01'
    """
    return (wall - timedelta(hours=day_start_h)).date()


def looked_at(journal: Journal, n_days: int, now: datetime) -> list[Entry]:
    """The first entries, for the anchored usual, and those of the last ``n_days`` days."""
    first = next(iter(journal.entries()), None)
    if first is None:
        return []
    anchored_until = first.recorded_at.utc + timedelta(days=ANCHOR_DAYS + 1)
    recent_since = max(now - timedelta(days=n_days + 1), anchored_until)
    return [*journal.entries(None, anchored_until), *journal.entries(recent_since, None)]


def due_now(journal: Journal, choices: Choices, wall: datetime) -> Sighting | None:
    """What an alert rule has seen that may be told now; ``wall`` is the aware time here."""
    if not choices.enabled:
        return None
    entries = looked_at(journal, RECENT_DAYS, wall)
    series = {name: daily(readings_of(entries, name, choices.day_start_h)) for name in MEASURES}
    return due(series, choices, local_day(wall, choices.day_start_h), wall.time())
