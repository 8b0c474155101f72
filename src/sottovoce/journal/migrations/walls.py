"""Row-level security: PostgreSQL itself shows each transaction the rows of one owner only."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op

MINE = "owner = current_setting('sottovoce.owner', true)"


def raise_wall(table: str) -> None:
    """Let a table show and take only rows of the owner the transaction names; PostgreSQL only."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_of_one_owner ON {table} USING ({MINE}) WITH CHECK ({MINE})")


@contextmanager
def unwalled(table: str) -> Iterator[None]:
    """Let the table's own role, which migrates, see the rows of every owner; PostgreSQL only.

    Others see none meanwhile: the migration holds the table until all of it is done.
    """
    walled = op.get_bind().dialect.name == "postgresql"
    if walled:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    yield
    if walled:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
