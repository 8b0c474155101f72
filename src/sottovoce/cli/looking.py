"""What the insight commands look at: the journal of the person, and the day it is here."""

from datetime import datetime
from typing import TYPE_CHECKING

from sottovoce.cli.opening import my_journal

if TYPE_CHECKING:
    from sottovoce.insights.alerts.choices import Choices
    from sottovoce.insights.alerts.rules import Sighting


def wall_here() -> datetime:
    """The time on the wall of this machine, aware."""
    return datetime.now().astimezone()


def due_here(choices: "Choices") -> "Sighting | None":
    """What an alert rule has seen in the journal here that may be told now."""
    from sottovoce.looking import due_now

    with my_journal() as journal:
        return due_now(journal, choices, wall_here())
