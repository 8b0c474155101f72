"""The tables of jobs: rows that live for a day, and the sound that waits for them."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Double,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from sottovoce.journal.schema import Base, OwnedRow


class JobRow(OwnedRow, Base):
    """A recording that waits, is heard, or was heard less than a day ago.

    ``request_key`` is the SHA-256 of the Idempotency-Key, ``body_sha256`` what it was used for;
    ``options`` is JSON. ``sound_key`` opens the sound and is None once the job has ended.
    ``holder`` says who runs it, until ``lease_until`` unless renewed. ``analysis`` is JSON, kept
    here only where no entry holds it.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("owner", "request_key"),
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state_of_a_job"),
        Index("jobs_by_state", "state", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    request_key: Mapped[str | None]
    body_sha256: Mapped[str]
    options: Mapped[str]
    size_bytes: Mapped[int]
    sound_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str]
    attempts: Mapped[int]
    holder: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    progress: Mapped[float | None] = mapped_column(Double)
    entry_id: Mapped[str | None]
    outcome: Mapped[str | None]
    analysis: Mapped[str | None]
    error_type: Mapped[str | None]
    error_message: Mapped[str | None]


class JobSoundRow(OwnedRow, Base):
    """A piece of the sound of a job, sealed; used where the journal is on a server."""

    __tablename__ = "job_sounds"
    __table_args__ = (
        ForeignKeyConstraint(["owner", "job_id"], ["jobs.owner", "jobs.id"], ondelete="CASCADE"),
    )

    job_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
