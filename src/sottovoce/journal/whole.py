"""The whole SQLite journal under one key (SQLCipher, extra ``encrypted``)."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from sottovoce.journal.engine import Place, driver, give_key, open_place
from sottovoce.journal.errors import JournalError, KeyMissingError, LockedError
from sottovoce.journal.files import appearing, writable
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
    module, key = driver(locksmith.key()), key_for(locksmith.key(), PURPOSE)
    with alone(file, module) as plain, writable(file), file.open("r+b") as old:
        with appearing(sealed) as part:
            pour(plain, part, key)
            compare(plain, part, key)
        overwrite(old)
        file.unlink()
    return sealed


@contextmanager
def alone(file: Path, module: Any) -> Iterator[Any]:
    """A connection to a plain journal that nobody else has open, nor can open meanwhile."""
    try:
        with closing(module.connect(str(file), isolation_level=None, timeout=1.0)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            yield connection
    except module.OperationalError as busy:
        raise LockedError(f"'{file}' is in use by another program; nothing was changed") from busy


def pour(plain: Any, part: Path, key: bytes) -> None:
    """Copy everything into an encrypted file."""
    plain.execute("ATTACH DATABASE ? AS sealed KEY ?", [str(part), f"x'{key.hex()}'"])
    plain.execute("SELECT sqlcipher_export('sealed')")
    plain.execute("DETACH DATABASE sealed")


def compare(plain: Any, part: Path, key: bytes) -> None:
    """Open the encrypted copy and see that nothing is missing."""
    count = "SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM sound_chunks)"
    with closing(driver(key).connect(str(part))) as sealed:
        give_key(sealed, key)
        sound = sealed.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not sound or sealed.execute(count).fetchone() != plain.execute(count).fetchone():
            raise JournalError("the encrypted copy was not whole; nothing was changed")


def overwrite(old: Any) -> None:
    """Zeros over what was plain, so that neither eye nor program takes it for the journal."""
    size = os.fstat(old.fileno()).st_size
    for start in range(0, size, BLOCK_BYTES):
        old.write(bytes(min(BLOCK_BYTES, size - start)))
    old.flush()
    os.fsync(old.fileno())
