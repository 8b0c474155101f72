"""The waveforms of kept audio, locked as it is."""

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import raise_wall

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make room for waveforms."""
    op.create_table(
        "sound_waveforms",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Text, primary_key=True),
        sa.Column("locked", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "entry_id"], ["entries.owner", "entries.id"], ondelete="CASCADE"
        ),
    )
    raise_wall("sound_waveforms")


def downgrade() -> None:
    """Take the waveforms away; they can be drawn again."""
    op.drop_table("sound_waveforms")
