"""The alert of the day is sent to its person's addresses, by itself and once."""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sottovoce.alerting.delivery import service_of
from sottovoce.alerting.kept import keep_choices, read_choices
from sottovoce.alerting.outbox import Outbox
from sottovoce.insights.alerts.choices import Choices
from sottovoce.insights.alerts.due import remember
from sottovoce.insights.alerts.rules import Sighting
from sottovoce.insights.alerts.telling import alert_of
from sottovoce.insights.days import day_of
from sottovoce.journal.store import Journal
from sottovoce.looking import due_now, local_day, told_today

log = logging.getLogger(__name__)


def wall_now() -> datetime:
    """The time on this machine's wall."""
    return datetime.now().astimezone()


class Messenger:
    """Looks whether an alert is due, and sends it; a channel that refuses is tried again that day.

    That it was told is kept before anything is sent: after a crash in between it stands on the page
    and is not sent, for twice would be worse.

    Parameters
    ----------
    home
        Where the person's choices are kept.
    journal
        The person's.
    choosing
        Held while choices are read and changed.
    wall
        Says what time it is on the wall.
    """

    def __init__(
        self,
        home: Path,
        journal: Journal,
        choosing: AbstractContextManager[object],
        wall: Callable[[], datetime] = wall_now,
    ) -> None:
        self._home, self._journal = home, journal
        self._choosing, self._wall = choosing, wall
        self._outbox = Outbox(home)

    def look(self) -> None:
        """Send what is due now, and what could not be sent before."""
        wall = self._wall()
        with self._choosing:
            choices = read_choices(self._home)
            if not choices.deliver_to:
                return
            sighting = due_now(self._journal, choices, wall)
            if sighting is not None:
                keep_choices(self._home, remember(choices, sighting))
        if sighting is not None:
            self._send(sighting, choices, choices.deliver_to, wall)
        else:
            self._send_again(choices, wall)

    def _send_again(self, choices: Choices, wall: datetime) -> None:
        today, last = local_day(wall, choices.day_start_h), self._outbox.last()
        wanting = [
            address
            for address in choices.deliver_to
            if address in last and last[address].wants_another(today, wall)
        ]
        sighting = told_today(self._journal, choices, wall) if wanting else None
        if sighting is not None:
            self._send(sighting, choices, wanting, wall)

    def _send(
        self, sighting: Sighting, choices: Choices, addresses: Sequence[str], wall: datetime
    ) -> None:
        alert = alert_of(sighting, choices.region)
        for address in addresses:
            if not self._outbox.send(alert, address, wall, day_of(sighting.day)):
                facts = {"service": service_of(address)}
                log.warning("a channel did not take an alert", extra={"facts": facts})
