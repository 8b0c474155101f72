"""Days are local: an entry belongs to the day on the wall where the person was.

A day starts when the wall clock shows the day start (04:00 unless set), so a memo at one in the
night belongs to the evening before. Days are counted from 1970-01-01, as numpy does; the weekday is
that of the day, not of the calendar date past midnight.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from sottovoce.entries import Moment

IntArray = npt.NDArray[np.int64]

DAY_START_H = 4
HOURS_A_DAY = 24
DAYS_A_WEEK = 7
SECONDS_AN_HOUR = 3600
SECONDS_A_DAY = HOURS_A_DAY * SECONDS_AN_HOUR
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EPOCH = date(1970, 1, 1)
EPOCH_WEEKDAY = EPOCH.weekday()


def local_day(moment: Moment, day_start_h: int = DAY_START_H) -> date:
    """The day a moment belongs to where the person was.

    Parameters
    ----------
    moment
        The instant and the offset of the clock there.
    day_start_h
        Whole hour, 0 to 23, at which a new day starts.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> late = Moment(datetime(2026, 3, 1, 0, 30, tzinfo=UTC), "Europe/London", 0)
    >>> local_day(late).isoformat(), local_day(late, day_start_h=0).isoformat()
    ('2026-02-28', '2026-03-01')
    """
    wall = moment.local.replace(tzinfo=None)
    return (wall - timedelta(hours=day_start_h)).date()


def day_numbers(utc_s: IntArray, offset_min: IntArray, day_start_h: int = DAY_START_H) -> IntArray:
    """Local days of many moments, int64 [n], counted from 1970-01-01.

    ``utc_s`` is int64 [n], whole seconds since 1970-01-01 UTC; ``offset_min`` int64 [n].

    >>> day_numbers(np.array([86_400]), np.array([60]), day_start_h=4).tolist()
    [0]
    """
    wall_s = utc_s + 60 * offset_min
    return (wall_s - day_start_h * SECONDS_AN_HOUR) // SECONDS_A_DAY


def wall_hours(utc_s: IntArray, offset_min: IntArray) -> IntArray:
    """The hour on the wall, 0 to 23, of many moments, int64 [n].

    >>> wall_hours(np.array([86_400]), np.array([-60])).tolist()
    [23]
    """
    return (utc_s + 60 * offset_min) % SECONDS_A_DAY // SECONDS_AN_HOUR


def weekdays(days: IntArray) -> IntArray:
    """Weekdays of days, 0 Monday to 6 Sunday, int64 [n].

    >>> weekdays(np.array([day_number(date(2024, 2, 29))])).tolist()
    [3]
    """
    return (days + EPOCH_WEEKDAY) % DAYS_A_WEEK


def weeks(days: IntArray) -> IntArray:
    """Weeks, Monday to Sunday, counted from that of 1970-01-01, int64 [n].

    >>> weeks(np.array([day_number(date(2026, 1, 4)), day_number(date(2026, 1, 5))])).tolist()
    [2922, 2923]
    """
    return (days + EPOCH_WEEKDAY) // DAYS_A_WEEK


def day_number(day: date) -> int:
    """Days since 1970-01-01.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day with that number.

    >>> day_of(1).isoformat()
    '1970-01-02'
    """
    return EPOCH + timedelta(days=int(number))
