"""The one place where statements are made: each is bound to the owner it was opened for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Row, Select, Update, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from sottovoce.journal.schema import OwnedRow

BATCH_ROWS = 500


@dataclass(frozen=True, slots=True)
class Owned:
    """A transaction, and whose rows it may see and touch.

    PostgreSQL is told the owner as well, and its row-level security holds the same line again.
    """

    connection: Connection
    owner: str

    @classmethod
    def enter(cls, connection: Connection, owner: str) -> "Owned":
        """Bind a transaction to an owner."""
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT set_config('sottovoce.owner', :owner, true)"), {"owner": owner}
            )
        return cls(connection, owner)

    def select(self, table: type[OwnedRow], *columns: Any) -> Select[Any]:
        """Columns of the owner's rows."""
        return select(*columns).where(table.owner == self.owner)

    def update(self, table: type[OwnedRow]) -> Update:
        """A change of the owner's rows."""
        return update(table).where(table.owner == self.owner)

    def delete(self, table: type[OwnedRow]) -> Delete:
        """A removal of the owner's rows."""
        return delete(table).where(table.owner == self.owner)

    def insert(self, table: type[OwnedRow], rows: Sequence[dict[str, Any]]) -> int:
        """Add rows as the owner's; those whose key is there already are left as they are.

        Returns
        -------
        int
            How many were added.
        """
        if not rows:
            return 0
        make = postgresql.insert if self.connection.dialect.name == "postgresql" else sqlite.insert
        statement = make(table).on_conflict_do_nothing()
        mine = [{**row, "owner": self.owner} for row in rows]
        options = {"preserve_rowcount": True}
        return self.connection.execute(statement, mine, execution_options=options).rowcount

    def stream(self, statement: Select[Any], at_once: int = BATCH_ROWS) -> Iterator[Row[Any]]:
        """Rows one after another, in memory that does not grow with their number."""
        options = {"yield_per": at_once}
        with self.connection.execute(statement, execution_options=options) as found:
            yield from found

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, or None."""
        return self.connection.execute(statement).first()

    def value(self, statement: Select[Any]) -> Any:
        """The first column of the first row, or None."""
        return self.connection.execute(statement).scalar()

    def change(self, statement: Update | Delete) -> int:
        """Run a change; returns how many rows it touched."""
        return self.connection.execute(statement).rowcount


def in_batches(items: Iterable[Any], size: int = BATCH_ROWS) -> Iterator[list[Any]]:
    """Lists of at most ``size`` items.

    >>> list(in_batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
