"""Connections: SQLite as durable as it can be, PostgreSQL with one owner a transaction."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy import table as named_table

from sottovoce.errors import MissingExtraError
from sottovoce.journal.errors import JournalError, ReadOnlyError
from sottovoce.journal.faults import told
from sottovoce.journal.files import settle

PATIENCE_S = 10.0
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)
UNBOUND_ROLE = """
    SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a journal is: a database and what sentences call it.

    ``file`` is None for a server; ``key`` opens a journal that is encrypted as a whole.
    """

    engine: Engine
    name: str
    file: Path | None
    key: bytes | None = None

    @contextmanager
    def transaction(self, begin: str = "BEGIN", **options: Any) -> Iterator[Connection]:
        """A transaction that is durable when the block is left, and undone when it fails."""
        with (
            told(self.name),
            self.engine.connect().execution_options(begin=begin, **options) as connection,
            connection.begin(),
        ):
            yield connection

    def rows_in(self, table: str) -> int:
        """How many rows a table holds, whosever they are; nothing of them is read."""
        with self.transaction() as connection:
            return int(
                connection.execute(
                    select(func.count()).select_from(named_table(table))
                ).scalar_one()
            )

    def statement(self, words: str) -> None:
        """One statement outside any transaction, such as VACUUM."""
        with told(self.name):
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute(words)
            finally:
                raw.close()


def open_place(url: str, patience_s: float = PATIENCE_S, key: bytes | None = None) -> Place:
    """Connect to a database by its URL; a SQLite file is made, for its owner's eyes only.

    Parameters
    ----------
    url
        ``sqlite:///PATH`` or ``postgresql://USER@HOST/NAME``.
    patience_s
        How long to wait for another program to let go of the journal, in seconds.
    key
        32 bytes that open an encrypted SQLite journal.

    Raises
    ------
    ReadOnlyError
        The file cannot be made or opened.
    MissingExtraError
        The database needs an extra that is not installed.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(str(parsed.database))
        return Place(sqlite_engine(file, patience_s, key), str(file), file, key)
    if parsed.get_backend_name() == "postgresql":
        name = parsed.render_as_string(hide_password=True)
        return Place(postgres_engine(url, patience_s), name, None)
    raise JournalError(f"'{url}' is neither a SQLite nor a PostgreSQL address")


def sqlite_engine(file: Path, patience_s: float, key: bytes | None) -> Engine:
    """An engine on a file, each connection with the pragmas that durability and privacy need."""
    try:
        make_private(file)
    except OSError as fault:
        raise ReadOnlyError(
            f"the journal '{file}' may not be written ({fault.strerror})"
        ) from fault
    engine = create_engine(
        f"sqlite:///{file}", module=driver(key), connect_args={"timeout": patience_s}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, schema included
        prepare_sqlite(connection, key)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def make_private(file: Path) -> None:
    """Make an empty file that only its owner may read, unless it is there.

    One that is there is not opened: closing it would let go of the locks that SQLite holds on it
    in this process.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        settle(file.parent)
        settle(file.parent.parent)


def prepare_sqlite(connection: Any, key: bytes | None) -> None:
    """The key first, then the pragmas."""
    give_key(connection, key)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def give_key(connection: Any, key: bytes | None) -> None:
    """Open an encrypted file, without a word of SQLCipher's own; a plain one needs nothing."""
    if key:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def driver(key: bytes | None) -> Any:
    """The module that opens a SQLite file: SQLCipher's where there is a key."""
    if key is None:
        import sqlite3

        return sqlite3
    try:
        from sqlcipher3 import dbapi2
    except ImportError as missing:
        raise MissingExtraError(
            "this journal is encrypted; install sottovoce[encrypted] to open it"
        ) from missing
    return dbapi2


def postgres_engine(url: str, patience_s: float) -> Engine:
    """An engine on a server, through psycopg 3."""
    try:
        import psycopg  # noqa: F401
    except ImportError as missing:
        raise MissingExtraError("PostgreSQL needs the extra sottovoce[postgres]") from missing
    settings = f"-c lock_timeout={int(patience_s * 1000)}"
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        connect_args={"options": settings, "connect_timeout": max(2, int(patience_s))},
    )


def walls_stand(connection: Connection) -> None:
    """Refuse a role that row-level security does not bind.

    Raises
    ------
    JournalError
        The role is a superuser, or may bypass row-level security.
    """
    found = connection.execute(text(UNBOUND_ROLE)).scalar()
    if found:
        raise JournalError(
            f"the database role '{found}' passes by row-level security; connect as a role without "
            "SUPERUSER and BYPASSRLS"
        )
