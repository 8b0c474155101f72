"""Entries made from a made person's life, for tests that begin with entries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from people import draw_person, live, reports_beside

from sottovoce.entries import Entry, Moment, SelfReport
from sottovoce.insights.days import day_of


def entry(number: int, recorded: datetime, **more: Any) -> Entry:
    """A usable entry; ``stress`` and the fields of Entry by name."""
    measured = {"status": "ok", "stress": {"value": more.pop("stress", 0.3)}, "biomarkers": {}}
    moment = Moment(recorded, "Europe/Berlin", more.pop("offset_min", 60))
    return replace(Entry(str(number), "me", moment, recorded, measured), **more)


def life(n_days: int, last: datetime, seed: int = 0, shift: float = 0.0) -> Sequence[Entry]:
    """Entries up to ``last``, with tags, reports and a shift in the last ten days."""
    rng = np.random.default_rng((61, seed))
    person = draw_person(rng)
    effect = np.where(np.arange(n_days) >= n_days - 10, shift, 0.0)
    readings = live(person, n_days, rng, effect)
    reports = reports_beside(person, readings, 1.0, rng)
    moved = (last.date() - day_of(int(readings.days[-1]))) - timedelta(days=1)
    entries = []
    for number, (day, hour, value) in enumerate(
        zip(readings.days.tolist(), readings.hours.tolist(), readings.values.tolist(), strict=True)
    ):
        wall = datetime.combine(day_of(day) + moved, datetime.min.time(), UTC)
        wall += timedelta(hours=hour + (24 if hour < 4 else 0), seconds=number)
        said = SelfReport(int(reports.valences[number]), wall)
        tags = ("run",) if number % 3 == 0 else ()
        utc = wall - timedelta(hours=1)
        entries.append(entry(number, utc, stress=value, self_report=said, tags=tags))
    return entries
