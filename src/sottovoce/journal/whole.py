"""The whole SQLite journal under one key (SQLCipher, extra ``encrypted``)."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from sottovoce.journal.engine import Place, driver, give_key, open_place
from sottovoce.journal.errors import DamagedError, JournalError, KeyMissingError, LockedError
from sottovoce.journal.files import appearing, settle, writable
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.vault import key_for

PURPOSE = "journal"
BLOCK_BYTES = 1 << 20


def sealed_beside(file: Path) -> Path:
    """Where the encrypted journal is that takes the place of a plain one; it goes first if there.

    A name of its own, for no file may be opened to look inside: closing it would let go of the
    locks that SQLite holds on it in this process.

    >>> sealed_beside(Path("home/journal.db")).name
    'journal.sealed.db'
    """
    return file.with_name(f"{file.stem}.sealed{file.suffix}")


def is_there(file: Path) -> bool:
    """Whether a file is there and may be known of."""
    try:
        return file.exists()
    except OSError:
        return False


def open_whole(url: str, patience_s: float, locksmith: Locksmith | None) -> Place:
    """Connect to a journal, to its encrypted form where there is one.

    Raises
    ------
    KeyMissingError, WrongKeyError
        It is encrypted, and the key is not here.
    """
    parsed = make_url(url)
    sealed = sealed_beside(Path(str(parsed.database)))
    if parsed.get_backend_name() != "sqlite" or not is_there(sealed):
        return open_place(url, patience_s)
    keyhole = locksmith.keyhole if locksmith else None
    if locksmith is None or keyhole is None:
        raise KeyMissingError(f"'{sealed}' is encrypted, and its key is not here")
    key = key_for(locksmith.fitting(keyhole), PURPOSE)
    return open_place(f"sqlite:///{sealed}", patience_s, key)


def encrypt_journal(file: Path, locksmith: Locksmith) -> Path:
    """Make an encrypted journal of a plain one, and overwrite and remove the plain one.

    What a disk has kept of the plain file besides (copies of its own, backups) is not reached.

    Returns
    -------
    Path
        The encrypted journal, which is opened in place of the plain one from now on.

    Raises
    ------
    JournalError
        It is encrypted already, or there is none.
    LockedError
        Another program has it open; nothing was changed.
    MissingExtraError
        SQLCipher is not installed.
    """
    sealed = sealed_beside(file)
    if sealed.exists() or not file.exists():
        raise JournalError(f"there is no plain journal at '{file}' to encrypt")
    key = key_for(locksmith.key(), PURPOSE)
    with alone(file, driver(key)) as plain, writable(file), file.open("r+b") as old:
        with appearing(sealed) as part:
            pour(plain, file, part, key)
            compare(plain, part, key)
        overwrite(old)
        file.unlink()
    return sealed


def decrypt_journal(file: Path, locksmith: Locksmith) -> Path:
    """Make a plain journal of an encrypted one, and remove the encrypted one.

    Kept audio stays encrypted, so its key and keyhole stay. Killed on the way, the encrypted
    journal is still the one that is opened, and doing it again finishes it.

    Parameters
    ----------
    file
        Where the plain journal is to be.

    Raises
    ------
    JournalError
        There is no encrypted journal beside it.
    KeyMissingError, WrongKeyError
        The key is not here; nothing was changed.
    LockedError
        Another program has it open; nothing was changed.
    """
    sealed, keyhole = sealed_beside(file), locksmith.keyhole
    if not sealed.exists() or keyhole is None:
        raise JournalError(f"there is no encrypted journal at '{sealed}' to decrypt")
    key = key_for(locksmith.fitting(keyhole), PURPOSE)
    with alone(sealed, driver(key), key) as locked, writable(file):
        with appearing(file) as part:
            pour(locked, sealed, part, None)
            compare(locked, part, None)
        sealed.unlink()
        settle(sealed.parent)
    return file


@contextmanager
def alone(file: Path, module: Any, key: bytes | None = None) -> Iterator[Any]:
    """A connection to a journal that nobody else has open, nor can open meanwhile."""
    with closing(module.connect(str(file), isolation_level=None, timeout=1.0)) as connection:
        give_key(connection, key)
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except module.OperationalError as busy:
            raise LockedError(
                f"'{file}' is in use by another program; nothing was changed"
            ) from busy
        except module.DatabaseError as torn:
            raise DamagedError(f"'{file}' is damaged; restore a backup") from torn
        yield connection


def pour(database: Any, file: Path, part: Path, key: bytes | None) -> None:
    """Copy everything into a file under another key; plain where there is none."""
    words = f"x'{key.hex()}'" if key else ""
    try:
        database.execute("ATTACH DATABASE ? AS other KEY ?", [str(part), words])
        database.execute("SELECT sqlcipher_export('other')")
        database.execute("DETACH DATABASE other")
    except driver(b"any").DatabaseError as fault:
        raise JournalError(f"'{file}' could not be copied ({fault}); nothing was changed") from (
            fault
        )


def compare(database: Any, part: Path, key: bytes | None) -> None:
    """Open the copy as it will be opened, and see that nothing is missing."""
    count = "SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM sound_chunks)"
    with closing(driver(key).connect(str(part))) as copied:
        give_key(copied, key)
        sound = copied.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not sound or copied.execute(count).fetchone() != database.execute(count).fetchone():
            raise JournalError("the copy was not whole; nothing was changed")


def overwrite(old: Any) -> None:
    """Zeros over what was plain, so that neither eye nor program takes it for the journal."""
    size = os.fstat(old.fileno()).st_size
    for start in range(0, size, BLOCK_BYTES):
        old.write(bytes(min(BLOCK_BYTES, size - start)))
    old.flush()
    os.fsync(old.fileno())
