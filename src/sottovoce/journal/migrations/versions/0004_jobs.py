"""Jobs: recordings that wait to be heard, and the sound that waits with them."""

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import raise_wall

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Make room for jobs."""
    make_jobs()
    make_sounds()
    for table in ("jobs", "job_sounds"):
        raise_wall(table)


def downgrade() -> None:
    """Take the jobs away, and the sound that waits."""
    op.drop_table("job_sounds")
    op.drop_table("jobs")


def make_jobs() -> None:
    """Jobs, found by their state in the order they came."""
    op.create_table(
        "jobs",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("request_key", sa.Text),
        sa.Column("body_sha256", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("sound_key", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("progress", sa.Double),
        sa.Column("entry_id", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("analysis", sa.Text),
        sa.Column("error_type", sa.Text),
        sa.Column("error_message", sa.Text),
        sa.UniqueConstraint("owner", "request_key"),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')", name="state_of_a_job"
        ),
    )
    op.create_index("jobs_by_state", "jobs", ["state", "created_at"])


def make_sounds() -> None:
    """Sealed pieces of sound, gone when their job is."""
    op.create_table(
        "job_sounds",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("job_id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["owner", "job_id"], ["jobs.owner", "jobs.id"], ondelete="CASCADE"),
    )
