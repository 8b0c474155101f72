"""Copies of a SQLite journal that is in use, by SQLite's own online backup, and the way back.

Audio stays sealed in a copy; the keyhole is copied beside it, so that the same passphrase opens it.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sottovoce.journal.engine import PATIENCE_S, Place, driver, give_key
from sottovoce.journal.errors import ArchiveError, JournalError, LockedError, SchemaNewerError
from sottovoce.journal.files import PART, appearing
from sottovoce.journal.keys import KEYHOLE
from sottovoce.journal.schema import HEAD


def backup_journal(place: Place, target: Path) -> None:
    """Copy the journal as it is at this moment into a file; writers need not stop.

    Raises
    ------
    DiskFullError, ReadOnlyError
        The copy could not be written; nothing is left behind.
    JournalError
        The journal is on a server, which has tools of its own.
    """
    file = file_of(place)
    with appearing(target) as part:
        copy(file, part, place.key)
        check_copy(part, place.key)
    copy_keyhole(file.with_name(KEYHOLE), keyhole_beside(target))


def keyhole_beside(backup: Path) -> Path:
    """Where the keyhole is that belongs to a backup.

    >>> keyhole_beside(Path("monday.db")).name
    'monday.keyhole.json'
    """
    return backup.with_suffix(f".{KEYHOLE}")


def copy_keyhole(source: Path, target: Path) -> None:
    """Copy a keyhole, if there is one; it holds no secret."""
    if source.exists():
        with appearing(target) as part:
            shutil.copyfile(source, part)


def restore_journal(place: Place, source: Path, aside: Path) -> None:
    """Put a backup in the place of the journal, in one step; what was there is copied aside first.

    Parameters
    ----------
    aside
        Where the journal goes as it was before, so that this can be undone.

    Raises
    ------
    ArchiveError
        The file is no backup, or is not whole; the journal stays as it is.
    SchemaNewerError
        A newer program made it; the journal stays as it is.
    """
    file = file_of(place)
    if not source.is_file():
        raise ArchiveError(f"there is no file '{source}'")
    check_copy(source, place.key)
    backup_journal(place, aside)
    if not file.with_name(KEYHOLE).exists():
        copy_keyhole(keyhole_beside(source), file.with_name(KEYHOLE))
    copy(source, file, place.key)


def file_of(place: Place) -> Path:
    """The file of a SQLite journal."""
    if place.file is None:
        raise JournalError(
            "a journal on PostgreSQL is copied with pg_dump; `journal export` works with both"
        )
    return place.file


def copy(source: Path, target: Path, key: bytes | None) -> None:
    """Copy one database into another: all of it in one transaction of the target, or nothing."""
    until_s = time.monotonic() + PATIENCE_S

    def patient(*_progress: int) -> None:
        if time.monotonic() > until_s:
            raise LockedError(f"'{target}' is in use by another program; nothing was changed")

    with opened(source, key) as old, opened(target, key) as new:
        old.backup(new, progress=patient, sleep=0.05)
        if target.suffix == PART:  # a copy is one plain file, to be read from anywhere
            new.execute("PRAGMA journal_mode=DELETE")


def check_copy(file: Path, key: bytes | None) -> None:
    """Refuse a file that is no whole journal of ours.

    Raises
    ------
    ArchiveError, SchemaNewerError
        See :func:`restore_journal`.
    """
    with opened(file, key) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        ours = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries'").fetchone()
        if verdict != "ok" or ours is None:
            raise ArchiveError(f"'{file}' is no whole backup of a journal; nothing was changed")
        (found,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    if found > HEAD:
        raise SchemaNewerError(
            f"'{file}' was made by a newer sottovoce; nothing was changed, update sottovoce"
        )


@contextmanager
def opened(file: Path, key: bytes | None) -> Iterator[Any]:
    """A plain connection to a database file; what SQLite refuses is told in one sentence."""
    module = driver(key)
    try:
        with closing(module.connect(file, isolation_level=None)) as connection:
            give_key(connection, key)
            yield connection
    except module.DatabaseError as fault:
        raise ArchiveError(
            f"'{file}' could not be copied ({fault}); nothing was changed"
        ) from fault
