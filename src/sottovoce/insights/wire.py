"""A report as plain JSON values: the table behind words and charts."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sottovoce.insights.days import day_of
from sottovoce.insights.report import Report
from sottovoce.insights.telling import tell
from sottovoce.insights.usual import Usual

DAYS = ("first_day", "last_day", "since", "since_low", "since_high")


def report_to_wire(report: Report) -> dict[str, Any]:
    """The report as JSON, days as dates, with the sentences that are told of it."""
    table: dict[str, Any] = dated(asdict(report))
    usuals = {name: usual_to_wire(getattr(report, name)) for name in ("recent", "anchored")}
    return {**table, **usuals, "words": list(tell(report))}


def usual_to_wire(usual: Usual | None) -> dict[str, Any] | None:
    """A usual as JSON, with what follows from it."""
    if usual is None:
        return None
    ends = {end: asdict(getattr(usual, end)) for end in ("centre_interval", "band")}
    table: dict[str, Any] = dated(asdict(usual))
    return {**table, "value": usual.value, **ends}


def dated(value: Any, name: str = "") -> Any:
    """The same value with day numbers as dates.

    >>> dated({"since": 20_000, "n": 3})
    {'since': '2024-10-04', 'n': 3}
    """
    if isinstance(value, dict):
        return {key: dated(one, key) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [dated(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return day_of(value).isoformat() if name in DAYS else value
