"""How fast the insights are on ten years: 100,000 entries of one owner."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import numpy as np
from people import FIRST_DAY, draw_person, reports_beside

from sottovoce.entries import Entry, Moment
from sottovoce.insights.agreement import find_agreement
from sottovoce.insights.change import find_change
from sottovoce.insights.patterns import find_patterns
from sottovoce.insights.readings import daily, from_columns, readings_of
from sottovoce.insights.recalibration import recalibrate
from sottovoce.insights.tags import Tagged, find_tags
from sottovoce.insights.trends import by_day, by_week, find_trend
from sottovoce.insights.usual import anchored_usual, recent_usual

N_ENTRIES = 100_000
N_DAYS = 3653
ROUNDS = 40


def print_speed() -> None:
    """Each insight's median and 95th percentile, in wall time."""
    rng = np.random.default_rng(1)
    utc_s, values = instants(rng), rng.beta(2, 5, N_ENTRIES)
    offsets = np.full(N_ENTRIES, 60)
    readings = from_columns("stress", utc_s, offsets, values)
    series, today = daily(readings), int(readings.days[-1])
    tags = tuple(frozenset({"abcdefgh"[i % 8]} if i % 3 else ()) for i in range(N_ENTRIES))
    reports = reports_beside(draw_person(rng), readings, 0.5, rng)
    print(f"\n{N_ENTRIES:,} entries over ten years, {ROUNDS} rounds, milliseconds of wall time")
    print(f"  {'':<58}{'median':>9}{'p95':>9}")
    looks: dict[str, Callable[[], object]] = {
        "columns to readings": lambda: from_columns("stress", utc_s, offsets, values),
        "readings to days": lambda: daily(readings),
        "usual, recent": lambda: recent_usual(series, today),
        "usual, anchored": lambda: anchored_usual(series, today),
        "levels by day, ten years": lambda: by_day(series, FIRST_DAY, today),
        "levels by week, ten years": lambda: by_week(series, FIRST_DAY, today),
        "trend, twelve weeks": lambda: find_trend(readings, today - 83, today),
        "trend, ten years": lambda: find_trend(readings, FIRST_DAY, today),
        "change": lambda: find_change(series, today),
        "patterns": lambda: find_patterns(readings, today),
        "tags": lambda: find_tags(Tagged(readings, tags), today),
        "agreement": lambda: find_agreement(reports),
        "recalibration": lambda: recalibrate(reports),
    }
    for name, look in looks.items():
        timed(name, look)
    entries = made_entries(utc_s, values)
    timed("(entries in memory to readings: once)", lambda: readings_of(entries, "stress"), 5)


def instants(rng: np.random.Generator) -> np.ndarray:
    """Instants spread over ten years, in seconds since 1970-01-01 UTC."""
    return np.sort(rng.integers(FIRST_DAY * 86_400, (FIRST_DAY + N_DAYS) * 86_400, N_ENTRIES))


def made_entries(utc_s: np.ndarray, values: np.ndarray) -> list[Entry]:
    """The same as entries."""
    begun = datetime(1970, 1, 1, tzinfo=UTC)
    return [
        Entry(
            id=str(number),
            owner="me",
            recorded_at=Moment(begun + timedelta(seconds=second), "Europe/Berlin", 60),
            added_at=begun,
            analysis={"status": "ok", "stress": {"value": value}},
        )
        for number, (second, value) in enumerate(zip(utc_s.tolist(), values.tolist(), strict=True))
    ]


def timed(name: str, look: Callable[[], object], rounds: int = ROUNDS) -> None:
    """Time one insight and print its line."""
    look()
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        look()
        spent.append(1000 * (time.perf_counter() - begun))
    print(f"  {name:<58}{median(spent):>9.1f}{quantiles(spent, n=20)[-1]:>9.1f}")


if __name__ == "__main__":
    print_speed()
