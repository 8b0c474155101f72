"""Entries become columns: by local day, the usable ones only, whatever their order."""

from datetime import UTC, datetime, timedelta

import numpy as np

from lives import entry, life
from sottovoce.insights.days import day_of
from sottovoce.insights.readings import daily, from_columns, readings_of

NIGHT = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)  # 01:30 on the wall


def test_the_night_belongs_to_the_day_before() -> None:
    readings = readings_of([entry(1, NIGHT)], "stress")
    assert day_of(int(readings.days[0])).isoformat() == "2026-03-09"
    assert readings.hours.tolist() == [1]


def test_unusable_deleted_and_unmeasured_entries_are_left_out() -> None:
    entries = [
        entry(1, NIGHT),
        entry(2, NIGHT, deleted_at=NIGHT),
        entry(3, NIGHT, analysis={"status": "unusable", "stress": {"value": 0.9}}),
        entry(4, NIGHT, analysis={"status": "ok", "stress": None, "biomarkers": {}}),
    ]
    assert readings_of(entries, "stress").values.tolist() == [0.3]
    assert len(readings_of(entries, "pause_ratio")) == 0
    assert len(daily(readings_of([], "stress"))) == 0


def test_order_does_not_matter_and_days_ascend() -> None:
    entries = life(40, NIGHT)
    forwards, backwards = readings_of(entries, "stress"), readings_of(entries[::-1], "stress")
    assert np.array_equal(forwards.days, backwards.days)
    assert np.array_equal(forwards.values, backwards.values)
    assert np.all(np.diff(forwards.days) >= 0)


def test_between_takes_both_ends() -> None:
    readings = from_columns("stress", [0, 86_400, 172_800], [0, 0, 0], [0.1, 0.2, 0.3], 0)
    assert readings.between(1, 2).values.tolist() == [0.2, 0.3]
    assert daily(readings).between(0, 0).days.tolist() == [0]


def test_a_traveller_over_the_date_line_keeps_days_in_order() -> None:
    west = entry(1, datetime(2026, 6, 10, 2, tzinfo=UTC), offset_min=14 * 60, stress=0.1)
    east = entry(2, west.recorded_at.utc + timedelta(hours=3), offset_min=-11 * 60, stress=0.2)
    readings = readings_of([west, east], "stress")
    assert readings.values.tolist() == [0.2, 0.1]
    assert np.diff(readings.days).tolist() == [1]
