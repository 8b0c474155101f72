"""A job as a row, and a row as a job."""

import json
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from sottovoce.jobs.queue import Job, JobFault, JobOptions
from sottovoce.journal.job_schema import JobRow
from sottovoce.journal.rows import compact

JOB_COLUMNS = (
    JobRow.id,
    JobRow.state,
    JobRow.created_at,
    JobRow.progress,
    JobRow.entry_id,
    JobRow.outcome,
    JobRow.analysis,
    JobRow.error_type,
    JobRow.error_message,
)


def options_to_text(options: JobOptions) -> str:
    """Options as JSON; the same options, the same text.

    >>> options_from_text(options_to_text(JobOptions(tags=("work",)))).tags
    ('work',)
    """
    told = options.recorded_at
    return compact({**asdict(options), "recorded_at": told.isoformat() if told else None})


def options_from_text(text: str) -> JobOptions:
    """Options from their JSON."""
    values = json.loads(text)
    told = values["recorded_at"]
    values["recorded_at"] = datetime.fromisoformat(told) if told else None
    return JobOptions(**{**values, "tags": tuple(values["tags"])})


def body_digest(sound: bytes, options: JobOptions) -> str:
    """What an Idempotency-Key stands for: SHA-256 over the options and the sound."""
    digest = sha256(options_to_text(options).encode())
    digest.update(b"\0")
    digest.update(sound)
    return digest.hexdigest()


def job_from(row: Row[Any], analysis: str | None) -> Job:
    """A job from ``JOB_COLUMNS``, with the text of its analysis, wherever that is kept."""
    fault = JobFault(row.error_type, row.error_message) if row.state == "failed" else None
    return Job(
        id=row.id,
        state=row.state,
        created_at=row.created_at,
        progress=row.progress,
        entry_id=row.entry_id,
        outcome=row.outcome,
        analysis=json.loads(analysis) if analysis else None,
        error=fault,
    )
