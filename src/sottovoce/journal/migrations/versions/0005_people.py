"""Accounts, tokens for apps, and who came when."""

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import raise_wall

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room for people."""
    op.create_table(
        "accounts",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    make_tokens()
    make_visits()
    for table in ("accounts", "tokens", "visits"):
        raise_wall(table)


def downgrade() -> None:
    """Take the people away."""
    for table in ("visits", "tokens", "accounts"):
        op.drop_table(table)


def make_tokens() -> None:
    """Tokens, found by their digest."""
    op.create_table(
        "tokens",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.UniqueConstraint("owner", "digest"),
    )


def make_visits() -> None:
    """Visits, one after another."""
    op.create_table(
        "visits",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
