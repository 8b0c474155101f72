"""Audio that a person asked to keep: a locked key for each entry, and sealed chunks."""

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import raise_wall

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make room for audio."""
    make(
        "sounds",
        sa.Column("locked_key", sa.LargeBinary, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
    )
    make(
        "sound_chunks",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Take the audio away, and what was in it."""
    op.drop_table("sound_chunks")
    op.drop_table("sounds")


def make(table: str, *columns: sa.Column[object]) -> None:
    """A table of things that go when their entry goes."""
    op.create_table(
        table,
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Text, primary_key=True),
        *columns,
        sa.ForeignKeyConstraint(
            ["owner", "entry_id"], ["entries.owner", "entries.id"], ondelete="CASCADE"
        ),
    )
    raise_wall(table)
