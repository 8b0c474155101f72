"""Days are local: the laws hold over clock changes, far zones, the date line and leap days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.entries import Moment
from sottovoce.insights.days import (
    EPOCH,
    day_number,
    day_numbers,
    day_of,
    local_day,
    wall_hours,
    weekdays,
    weeks,
)

CHANGING = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "America/St_Johns",
    "Africa/Casablanca",
    "Asia/Beirut",  # changes at midnight
    "America/Havana",
    "Pacific/Apia",  # left out 2011-12-30
    "Pacific/Kiritimati",  # UTC+14
    "Pacific/Pago_Pago",  # UTC-11
    "Asia/Kathmandu",
)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)).map(
    lambda instant: instant.replace(tzinfo=UTC)
)
ZONES = st.sampled_from(CHANGING)
HOURS = st.integers(0, 23)


def moment_in(zone: str, instant: datetime) -> Moment:
    offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return Moment(instant, zone, int(offset.total_seconds()) // 60)


@settings(deadline=None)
@given(INSTANTS, ZONES, HOURS)
def test_a_day_is_that_of_the_wall_less_the_day_start(
    instant: datetime, zone: str, start_h: int
) -> None:
    wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    day = local_day(moment_in(zone, instant), start_h)
    began = datetime.combine(day, datetime.min.time()) + timedelta(hours=start_h)
    assert began <= wall < began + timedelta(days=1)


@settings(deadline=None)
@given(INSTANTS, ZONES, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_days_never_run_backwards_where_one_stays(
    instant: datetime, zone: str, later: timedelta
) -> None:
    assert local_day(moment_in(zone, instant)) <= local_day(moment_in(zone, instant + later))


@settings(deadline=None)
@given(INSTANTS, ZONES, HOURS)
def test_a_day_lies_within_two_of_that_of_utc(instant: datetime, zone: str, start_h: int) -> None:
    apart = (local_day(moment_in(zone, instant), start_h) - instant.date()).days
    assert -2 <= apart <= 1


@settings(deadline=None)
@given(INSTANTS, HOURS)
def test_across_the_date_line_the_same_instant_is_another_day(
    instant: datetime, start_h: int
) -> None:
    east = local_day(moment_in("Pacific/Kiritimati", instant), start_h)
    west = local_day(moment_in("Pacific/Pago_Pago", instant), start_h)
    assert 1 <= (east - west).days <= 2


@settings(deadline=None)
@given(st.lists(st.tuples(INSTANTS, ZONES), min_size=1, max_size=20), HOURS)
def test_columns_and_moments_agree(rows: list[tuple[datetime, str]], start_h: int) -> None:
    moments = [moment_in(zone, instant) for instant, zone in rows]
    utc_s = np.array([int(moment.utc.timestamp()) for moment in moments])
    offset_min = np.array([moment.offset_min for moment in moments])
    days = [day_number(local_day(moment, start_h)) for moment in moments]
    assert day_numbers(utc_s, offset_min, start_h).tolist() == days
    assert wall_hours(utc_s, offset_min).tolist() == [m.local.hour for m in moments]


@settings(deadline=None)
@given(st.dates(date(1999, 1, 1), date(2101, 1, 1)))
def test_numbers_weekdays_and_weeks_are_those_of_the_calendar(day: date) -> None:
    number = np.array([day_number(day)])
    assert day_of(int(number[0])) == day
    assert weekdays(number)[0] == day.weekday()
    monday = day - timedelta(days=day.weekday())
    assert weeks(number)[0] == weeks(np.array([day_number(monday)]))[0]
    assert weeks(number)[0] != weeks(np.array([day_number(monday) - 1]))[0]


@settings(max_examples=8, deadline=None)
@given(ZONES, st.integers(2000, 2037))
def test_every_day_of_a_year_is_there_but_the_one_samoa_left_out(zone: str, year: int) -> None:
    instants = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=h) for h in range(24 * 365)]
    days = {local_day(moment_in(zone, instant)) for instant in instants}
    whole = {min(days) + timedelta(days=n) for n in range((max(days) - min(days)).days + 1)}
    missing = {date(2011, 12, 30)} if (zone, year) == ("Pacific/Apia", 2011) else set()
    assert whole - days == missing


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),  # 03:59 summer time
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),  # 03:59 winter time
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2024, 2, 29, 12, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2024, 3, 1, 2, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_berlin_around_its_clock_changes_and_a_leap_day(utc: datetime, day: date) -> None:
    assert local_day(moment_in("Europe/Berlin", utc)) == day


def test_flying_east_over_the_date_line_a_day_is_lived_twice() -> None:
    before = moment_in("Pacific/Auckland", datetime(2026, 6, 10, 2, tzinfo=UTC))
    after = moment_in("Pacific/Honolulu", datetime(2026, 6, 10, 16, tzinfo=UTC))
    assert local_day(before) == local_day(after) == date(2026, 6, 10)
    assert EPOCH.weekday() == 3
