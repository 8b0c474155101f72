"""What the insight commands look at: the journal, and the day it is here."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.insights.alerts.choices import Choices
    from sottovoce.insights.alerts.rules import Sighting


def today_here(day_start_h: int) -> tuple[date, datetime]:
    """The local day, and the time on the wall, of this machine."""
    wall = datetime.now().astimezone()
    return (wall - timedelta(hours=day_start_h)).date(), wall


def due_now(choices: "Choices") -> "Sighting | None":
    """What an alert rule has seen that may be told now."""
    from sottovoce.cli.opening import my_journal
    from sottovoce.insights.alerts.due import due
    from sottovoce.looking import alert_series

    if not choices.enabled:
        return None
    today, wall = today_here(choices.day_start_h)
    with my_journal() as journal:
        series = alert_series(journal, today, choices.day_start_h)
    return due(series, choices, today, wall.time())
