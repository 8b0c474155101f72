"""Jobs in the journal's database: every change of state, each of one owner's rows only.

queued -> running -> done | failed, and running -> queued where a worker could not end it. Only the
holder of an unexpired lease can end a job, so it ends once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_

from sottovoce.errors import SottovoceError
from sottovoce.jobs.errors import IdempotencyError, UnknownJobError
from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.jobs.rows import JOB_COLUMNS, job_from, options_from_text, options_to_text
from sottovoce.journal.changing import Added
from sottovoce.journal.job_schema import JobRow
from sottovoce.journal.owned import Owned
from sottovoce.journal.rows import compact
from sottovoce.journal.schema import AnalysisRow

KEPT = timedelta(hours=24)
"""How long a key holds, and how long a job is known after its end."""

NO_WORDS = "{}"
FREE = {"holder": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class Submission:
    """A job to be: ``sound_key`` opens its sound, ``body_sha256`` is what its key stands for."""

    id: str
    options: JobOptions
    size_bytes: int
    sound_key: bytes
    body_sha256: str
    request_key: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is ours to run until the lease ends; ``attempts`` counts this one too."""

    job_id: str
    attempts: int
    options: JobOptions
    sound_key: bytes
    created_at: datetime


def put_job(owned: Owned, submission: Submission, now: datetime) -> bool:
    """Add a job; returns False where the owner has one of that key already."""
    row = {
        "id": submission.id,
        "request_key": submission.request_key,
        "body_sha256": submission.body_sha256,
        "options": options_to_text(submission.options),
        "size_bytes": submission.size_bytes,
        "sound_key": submission.sound_key,
        "state": "queued",
        "attempts": 0,
        "created_at": now,
    }
    return owned.insert(JobRow, [row]) == 1


def find_job(owned: Owned, job_id: str) -> Job:
    """A job as it is now; the analysis of one that was saved is that of its entry.

    Raises
    ------
    UnknownJobError
        The owner has none of that id.
    """
    row = owned.first(owned.select(JobRow, *JOB_COLUMNS).where(JobRow.id == job_id))
    if row is None:
        raise UnknownJobError("there is no such job; a job is forgotten a day after its end")
    if row.entry_id is None:
        return job_from(row, row.analysis)
    body = owned.select(AnalysisRow, AnalysisRow.body).where(AnalysisRow.entry_id == row.entry_id)
    return job_from(row, owned.value(body))


def find_repeated(owned: Owned, submission: Submission) -> Job | None:
    """The job that the same key was used for; None where there is no key, or it is new.

    Raises
    ------
    IdempotencyError
        It was used for another recording, or with other options.
    """
    key = submission.request_key
    columns = JobRow.id, JobRow.body_sha256
    row = owned.first(owned.select(JobRow, *columns).where(JobRow.request_key == key))
    if key is None or row is None:
        return None
    if row.body_sha256 != submission.body_sha256:
        raise IdempotencyError(
            "this Idempotency-Key was used for another recording or with other options; "
            "use a new key"
        )
    return find_job(owned, row.id)


def claim_job(
    owned: Owned, job_id: str, holder: str, now: datetime, lease: timedelta
) -> Claim | None:
    """Take a job that waits, or whose holder has gone; None where it is not to be had."""
    abandoned = and_(JobRow.state == "running", JobRow.lease_until < now)
    taken = owned.change(
        owned.update(JobRow)
        .where(JobRow.id == job_id, or_(JobRow.state == "queued", abandoned))
        .values(
            state="running",
            holder=holder,
            lease_until=now + lease,
            attempts=JobRow.attempts + 1,
            started_at=now,
            progress=None,
        )
    )
    columns = JobRow.attempts, JobRow.options, JobRow.sound_key, JobRow.created_at
    row = owned.first(owned.select(JobRow, *columns).where(JobRow.id == job_id))
    if not taken or row is None:
        return None
    options = options_from_text(row.options)
    return Claim(job_id, row.attempts, options, row.sound_key, row.created_at)


def lease_of(owned: Owned, job_id: str) -> datetime | None:
    """Until when somebody holds a job; None where it is not running."""
    running = JobRow.id == job_id, JobRow.state == "running"
    found: datetime | None = owned.value(owned.select(JobRow, JobRow.lease_until).where(*running))
    return found


def renew_lease(
    owned: Owned, job_id: str, holder: str, until: datetime, progress: float | None
) -> bool:
    """Say that the job is still being run; returns whether it still is the holder's."""
    return change_held(owned, job_id, holder, {"lease_until": until, "progress": progress})


def give_back(owned: Owned, job_id: str, holder: str, *, counted: bool) -> bool:
    """Let the job wait again; ``counted`` when the attempt may be the recording's own fault."""
    attempts = JobRow.attempts if counted else JobRow.attempts - 1
    values = {"state": "queued", "progress": None, "attempts": attempts, **FREE}
    return change_held(owned, job_id, holder, values)


def end_with_entry(owned: Owned, job_id: str, holder: str, added: Added, now: datetime) -> bool:
    """The job became an entry, which holds the analysis."""
    said = {"state": "done", "entry_id": added.entry.id, "outcome": added.outcome}
    return end_job(owned, job_id, holder, now, said)


def end_with_analysis(owned: Owned, job_id: str, holder: str, analysis: Any, now: datetime) -> bool:
    """The job is done, and its row holds the analysis."""
    said = {"state": "done", "analysis": compact(analysis)}
    return end_job(owned, job_id, holder, now, said)


def end_with_fault(
    owned: Owned, job_id: str, holder: str, fault: SottovoceError, now: datetime
) -> bool:
    """The job failed, and will not be tried again."""
    said = {"state": "failed", "error_type": fault.type, "error_message": str(fault)}
    return end_job(owned, job_id, holder, now, said)


def end_job(owned: Owned, job_id: str, holder: str, now: datetime, said: Mapping[str, Any]) -> bool:
    """End a job, and forget the words and the key that came with it."""
    progress = 1.0 if said["state"] == "done" else None
    rest = {"ended_at": now, "progress": progress, "options": NO_WORDS, "sound_key": None}
    return change_held(owned, job_id, holder, {**said, **rest, **FREE})


def change_held(owned: Owned, job_id: str, holder: str, values: Mapping[str, Any]) -> bool:
    """Change a job that a holder still has; returns whether it does."""
    held = JobRow.id == job_id, JobRow.holder == holder, JobRow.state == "running"
    return owned.change(owned.update(JobRow).where(*held).values(**values)) == 1


def forget_old(owned: Owned, now: datetime) -> None:
    """Forget jobs that ended a day ago, and keys that were first used a day ago."""
    owned.change(owned.delete(JobRow).where(JobRow.ended_at < now - KEPT))
    stale = JobRow.created_at < now - KEPT, JobRow.request_key.is_not(None)
    owned.change(owned.update(JobRow).where(*stale).values(request_key=None))
