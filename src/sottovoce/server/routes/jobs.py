"""Jobs: memos that are heard while nobody waits."""

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse

from sottovoce.jobs.queue import Job, JobFault
from sottovoce.journal.wire import instant_to_wire
from sottovoce.server.answers import LATER_HEADER, told
from sottovoce.server.problems import KINDS, URN
from sottovoce.server.routes.guarded import InHouse, Whose, guarded_router
from sottovoce.server.schemas.jobs import JobAnswer
from sottovoce.server.troubles import LATER, kind_of

router = guarded_router("jobs", "/v1/jobs")

JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="A job's id.")]


@router.get(
    "/{job_id}", responses={200: told("The job as it is.", JobAnswer, headers=LATER_HEADER)}
)
def get_job(house: InHouse, whose: Whose, job_id: JobId) -> JSONResponse:
    """How far a memo is, and what was heard in the end; known for a day."""
    return job_response(house.jobs.find(whose.owner, job_id), 200)


def job_response(job: Job, status: int) -> JSONResponse:
    """A job; with when to ask again, as long as it has not ended."""
    headers = {} if job.ended else dict(LATER)
    if status == 202:
        headers["Location"] = f"/v1/jobs/{job.id}"
    return JSONResponse(job_to_wire(job), status, headers)


def job_to_wire(job: Job) -> dict[str, Any]:
    """A job as JSON values."""
    return {
        "id": job.id,
        "state": job.state,
        "created_at": instant_to_wire(job.created_at),
        "progress": job.progress,
        "entry_id": job.entry_id,
        "outcome": job.outcome,
        "analysis": job.analysis,
        "error": fault_to_wire(job.error) if job.error else None,
    }


def fault_to_wire(fault: JobFault) -> dict[str, str]:
    """Why it failed, as the problem that it would have been."""
    kind = kind_of(fault.type)
    return {"type": f"{URN}{kind}", "title": KINDS[kind].title}
