"""When a memo was spoken: the container's word, the file's, or now; on the wall where one was."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.journal.errors import JournalError
from sottovoce.journal.moments import moment_at, moment_from_words, recorded_moment

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def test_the_container_is_believed_first_then_the_file_then_the_clock(tmp_path: Path) -> None:
    memo, spoken, written = tmp_path / "memo", NOW - timedelta(days=3), NOW - timedelta(days=1)
    memo.touch()
    os.utime(memo, (written.timestamp(),) * 2)
    assert recorded_moment(spoken, memo, NOW, "UTC").utc == spoken
    assert recorded_moment(None, memo, NOW, "UTC").utc == written
    assert recorded_moment(None, None, NOW, "UTC").utc == NOW
    assert recorded_moment(None, tmp_path / "gone", NOW, "UTC").utc == NOW


def test_a_time_in_the_future_is_not_believed(tmp_path: Path) -> None:
    memo, later = tmp_path / "memo", NOW + timedelta(days=1)
    memo.touch()
    os.utime(memo, (later.timestamp(),) * 2)
    assert recorded_moment(later, memo, NOW, "UTC").utc == NOW


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
)
def test_the_wall_clock_is_that_of_the_zone(naive: datetime, zone: str) -> None:
    """Also in gaps and overlaps, at UTC+14 and -11, on leap days; offsets are whole minutes."""
    instant = naive.replace(tzinfo=UTC)
    moment = moment_at(instant, zone)
    wall = instant.astimezone(ZoneInfo(zone))
    assert moment.utc == instant
    assert abs(moment.local.replace(tzinfo=None) - wall.replace(tzinfo=None)) < timedelta(minutes=1)


def test_words_name_a_wall_clock_or_an_offset() -> None:
    assert moment_from_words("2026-10-25T02:30", "Europe/Berlin").offset_min == 120, "the first"
    assert moment_from_words("2026-10-25T02:30+01:00", "Europe/Berlin").offset_min == 60
    assert moment_from_words("2026-02-28", "Pacific/Kiritimati").offset_min == 14 * 60
    for words, zone in (("29.2.2026", "UTC"), ("2026-03-01", "Europe/Berlino")):
        with pytest.raises(JournalError):
            moment_from_words(words, zone)
