"""Row-level security: PostgreSQL itself shows each transaction the rows of one owner only."""

from alembic import op

MINE = "owner = current_setting('sottovoce.owner', true)"


def raise_wall(table: str) -> None:
    """Let a table show and take only rows of the owner the transaction names; PostgreSQL only."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_of_one_owner ON {table} USING ({MINE}) WITH CHECK ({MINE})")
