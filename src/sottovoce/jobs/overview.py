"""What a queue on one machine has to know of the jobs of all owners: who waits, and how much.

Nothing of what they hold is read. On PostgreSQL row-level security would show nothing here; there
Procrastinate delivers each job with the name of its owner.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, or_, select

from sottovoce.journal.job_schema import JobRow

LATEST = 20
UNENDED = JobRow.state.in_(("queued", "running"))


@dataclass(frozen=True, slots=True)
class Load:
    """Jobs that wait or run, and the bytes of their sound."""

    jobs: int
    size_bytes: int


def load_of(connection: Connection) -> Load:
    """How much waits or runs."""
    size_bytes = func.coalesce(func.sum(JobRow.size_bytes), 0)
    jobs, total = connection.execute(select(func.count(), size_bytes).where(UNENDED)).one()
    return Load(int(jobs), int(total))


def mean_run_s(connection: Connection) -> float | None:
    """How long the latest jobs ran on average, in seconds; None where none has ended."""
    ended = select(JobRow.started_at, JobRow.ended_at).where(JobRow.ended_at.is_not(None))
    rows = connection.execute(ended.order_by(JobRow.ended_at.desc()).limit(LATEST)).all()
    spent = sum((row.ended_at - row.started_at for row in rows), timedelta())
    return spent.total_seconds() / len(rows) if rows else None


def next_job(connection: Connection, now: datetime) -> tuple[str, str] | None:
    """Owner and id of the job that came first of those that wait or were left; None where none."""
    left = and_(JobRow.state == "running", JobRow.lease_until < now)
    found = select(JobRow.owner, JobRow.id).where(or_(JobRow.state == "queued", left))
    row = connection.execute(found.order_by(JobRow.created_at, JobRow.id).limit(1)).first()
    return (row.owner, row.id) if row else None


def unended(connection: Connection) -> Iterator[str]:
    """The ids of the jobs whose sound is still wanted."""
    for row in connection.execute(select(JobRow.id).where(UNENDED)):
        yield row.id


def forget_ended(connection: Connection, before: datetime) -> None:
    """Forget the jobs of all owners that ended before an instant."""
    connection.execute(delete(JobRow).where(JobRow.ended_at < before))
