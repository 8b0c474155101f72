"""Entries, their analyses, and questionnaires."""

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import raise_wall

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first three tables."""
    make_entries()
    make_analyses()
    make_questionnaires()
    for table in ("entries", "analyses", "questionnaires"):
        raise_wall(table)


def downgrade() -> None:
    """Take them away."""
    for table in ("questionnaires", "analyses", "entries"):
        op.drop_table(table)


def make_entries() -> None:
    """Entries, found by when they were recorded, or added."""
    op.create_table(
        "entries",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("offset_min", sa.Integer, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("gist", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("valence", sa.Integer),
        sa.Column("valence_at", sa.BigInteger),
        sa.Column("example", sa.Boolean, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.UniqueConstraint("owner", "sha256"),
        sa.CheckConstraint("valence BETWEEN 1 AND 7", name="valence_1_to_7"),
        sa.CheckConstraint("(valence IS NULL) = (valence_at IS NULL)", name="valence_has_a_time"),
    )
    op.create_index("entries_by_recording", "entries", ["owner", "recorded_at", "id"])
    op.create_index("entries_by_adding", "entries", ["owner", "added_at"])
    op.create_index("entries_by_deleting", "entries", ["owner", "deleted_at"])


def make_analyses() -> None:
    """The whole analysis of each entry, beside it."""
    op.create_table(
        "analyses",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        of_an_entry(),
    )


def make_questionnaires() -> None:
    """Answers, with a memo or without."""
    op.create_table(
        "questionnaires",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("answered_at", sa.BigInteger, nullable=False),
        of_an_entry(),
    )
    op.create_index("questionnaires_by_entry", "questionnaires", ["owner", "entry_id"])


def of_an_entry() -> sa.ForeignKeyConstraint:
    """The row goes when its entry goes."""
    return sa.ForeignKeyConstraint(
        ["owner", "entry_id"], ["entries.owner", "entries.id"], ondelete="CASCADE"
    )
