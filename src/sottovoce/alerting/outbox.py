"""What became of messages: for each address the last one, in ``deliveries.json`` in the home.

An address may hold a password, so only its owner may read the file. Each attempt is written down
before it is made: where the process ended in the middle, nobody knows, and it is not made again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sottovoce.alerting.delivery import sent
from sottovoce.alerting.files import put_json
from sottovoce.insights.alerts.telling import Alert

FILE_NAME = "deliveries.json"
MOST_TRIES = 5
PAUSE = timedelta(minutes=10)
WRITING = Lock()


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last message to an address.

    ``at`` is the aware instant of the last attempt; ``arrived`` says whether the address took it,
    None where that is not known. ``day`` is the local day of the alert, None of a trial; ``tries``
    counts the attempts.
    """

    address: str = field(repr=False)
    at: datetime
    arrived: bool | None = None
    day: date | None = None
    tries: int = 1

    def wants_another(self, today: date, now: datetime) -> bool:
        """Whether it is worth another try: today's, refused, not too often, some minutes ago."""
        again = self.arrived is False and self.day == today and self.tries < MOST_TRIES
        return again and now - self.at >= PAUSE


class Outbox:
    """Sends messages, and keeps what became of the last one to each address.

    Parameters
    ----------
    home
        The folder in which that is kept.
    """

    def __init__(self, home: Path) -> None:
        self._file = home / FILE_NAME

    def last(self) -> dict[str, Delivery]:
        """The last message to each address; none where the file is not there or not ours."""
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
            found = [delivery_from(row) for row in rows]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return {one.address: one for one in found}

    def send(self, alert: Alert, address: str, now: datetime, day: date | None = None) -> bool:
        """Send a message to one address, and write down what became of it.

        Parameters
        ----------
        now
            The aware instant it is.
        day
            The local day of the alert; None for a trial.

        Returns
        -------
        bool
            Whether the address took it.
        """
        before = self.last().get(address)
        tries = before.tries + 1 if before and day and before.day == day else 1
        attempt = Delivery(address, now, None, day, tries)
        self._write(attempt)
        attempt = replace(attempt, arrived=sent(alert, address))
        self._write(attempt)
        return bool(attempt.arrived)

    def forget_others(self, addresses: tuple[str, ...]) -> None:
        """Keep nothing of an address that is not among these."""
        with WRITING:
            self._put({key: one for key, one in self.last().items() if key in addresses})

    def _write(self, delivery: Delivery) -> None:
        with WRITING:
            self._put({**self.last(), delivery.address: delivery})

    def _put(self, deliveries: Mapping[str, Delivery]) -> None:
        put_json(self._file, [delivery_to_json(one) for one in deliveries.values()])


def delivery_to_json(delivery: Delivery) -> dict[str, Any]:
    """The form in which it is kept."""
    return {
        "address": delivery.address,
        "at": delivery.at.astimezone(UTC).isoformat(),
        "arrived": delivery.arrived,
        "day": delivery.day.isoformat() if delivery.day else None,
        "tries": delivery.tries,
    }


def delivery_from(row: Mapping[str, Any]) -> Delivery:
    """The delivery of a kept form.

    >>> now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> delivery_from(delivery_to_json(Delivery("json://x", now))) == Delivery("json://x", now)
    True
    """
    return Delivery(
        address=str(row["address"]),
        at=datetime.fromisoformat(row["at"]),
        arrived=row["arrived"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        tries=int(row["tries"]),
    )
