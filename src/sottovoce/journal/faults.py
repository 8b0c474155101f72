"""The faults of a database, told once, as sentences a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from sottovoce.journal.errors import (
    DamagedError,
    DiskFullError,
    JournalError,
    LockedError,
    NoServerError,
    ReadOnlyError,
)

READ_ONLY = ReadOnlyError, "may not be written; check the rights of the file and of its folder"
FULL = DiskFullError, "could not be written: the disk is full; nothing was changed"
LOCKED = LockedError, "is in use by another program; nothing was changed, try again"
DAMAGED = DamagedError, "is damaged, or is no journal; restore a backup"

SQLITE_FAULTS: dict[str, tuple[type[JournalError], str]] = {
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR_WRITE": FULL,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": READ_ONLY,
    "SQLITE_PERM": READ_ONLY,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_IOERR": (JournalError, "could not be read or written: the disk failed"),
}
POSTGRES_FAULTS: dict[str, tuple[type[JournalError], str]] = {
    "53": FULL,  # insufficient resources
    "25006": READ_ONLY,
    "42501": READ_ONLY,
    "55P03": LOCKED,
    "40": (LockedError, "was changed by another program meanwhile; nothing was changed, try again"),
    "28": (NoServerError, "refused the name or the password"),
}


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what a database raises into one of our errors, its cause kept.

    Parameters
    ----------
    where
        What sentences call the journal: a path, or an address without its password.
    """
    try:
        yield
    except DBAPIError as fault:
        kind, words = explain(fault)
        raise kind(f"the journal '{where}' {words}") from fault


def explain(fault: DBAPIError) -> tuple[type[JournalError], str]:
    """The error and the sentence's end for a database's fault; unknown ones keep their words."""
    name = str(getattr(fault.orig, "sqlite_errorname", ""))
    state = str(getattr(fault.orig, "sqlstate", None) or "")
    for known, answer in (*SQLITE_FAULTS.items(), *POSTGRES_FAULTS.items()):
        if name.startswith(known) or state.startswith(known):
            return answer
    if isinstance(fault, OperationalError) and not name:
        return NoServerError, f"did not answer ({first_line(fault)})"
    return JournalError, f"failed ({first_line(fault)})"


def first_line(fault: DBAPIError) -> str:
    """The database's own words, without the statement and its values."""
    return (str(fault.orig).splitlines() or [type(fault.orig).__name__])[0]
