"""When a memo was spoken, and where on the clock the person was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sottovoce.entries import Moment
from sottovoce.journal.errors import JournalError

MINUTE = timedelta(minutes=1)


def utc_now() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


def machine_zone() -> str:
    """The IANA name of the machine's time zone; ``UTC`` where the machine does not say."""
    import tzlocal

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (ZoneInfoNotFoundError, LookupError):
        return "UTC"


def moment_at(instant: datetime, zone: str) -> Moment:
    """An aware instant with the zone and the offset that held there then.

    Raises
    ------
    JournalError
        There is no such zone.

    Examples
    --------
    >>> moment_at(datetime(2026, 7, 1, 12, tzinfo=UTC), "Europe/Berlin").offset_min
    120
    """
    try:
        offset = instant.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise JournalError(f"there is no time zone '{zone}'; a known one is 'Europe/Berlin'") from (
            unknown
        )
    return Moment(instant.astimezone(UTC), zone, offset // MINUTE)


def recorded_moment(named: datetime | None, file: Path | None, now: datetime, zone: str) -> Moment:
    """When a memo was recorded: as its container says, else as its file says, else now.

    A time in the future is not believed: a clock somewhere was wrong.

    Parameters
    ----------
    named
        The aware instant that the container names, or None.
    file
        The memo's file; None for sound that came without one.
    """
    told = (named, file_time(file) if file else None)
    believed = (instant for instant in told if instant is not None and instant <= now)
    return moment_at(next(believed, now), zone)


def file_time(file: Path) -> datetime | None:
    """When a file was last written; None where it is gone."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None


def moment_from_words(words: str, zone: str) -> Moment:
    """A moment a person wrote: ISO 8601, on the wall clock of ``zone`` where it names no offset.

    >>> moment_from_words("2026-03-29 08:15", "Europe/Berlin").utc.isoformat()
    '2026-03-29T06:15:00+00:00'
    """
    try:
        found = datetime.fromisoformat(words)
    except ValueError as unread:
        raise JournalError(f"'{words}' is no date; write it as 2026-03-29T08:15") from unread
    if found.tzinfo is None:
        moment_at(datetime(2000, 1, 1, tzinfo=UTC), zone)
        found = found.replace(tzinfo=ZoneInfo(zone))
    return moment_at(found, zone)
