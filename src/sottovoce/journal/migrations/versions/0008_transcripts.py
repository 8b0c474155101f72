"""What was said in a memo, sealed, where a person asked to keep it."""

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import raise_wall

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room for words."""
    op.create_table(
        "transcripts",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Text, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "entry_id"], ["entries.owner", "entries.id"], ondelete="CASCADE"
        ),
    )
    raise_wall("transcripts")


def downgrade() -> None:
    """Take the words away."""
    op.drop_table("transcripts")
