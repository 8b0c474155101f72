"""A memo in, how it sounded out."""

from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request
from fastapi.responses import JSONResponse

from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.server.answers import LATER_HEADER, LOCATION_HEADER, file_form, told
from sottovoce.server.gates.bodies import named_length
from sottovoce.server.memos import Keeping, heard_or_queued, options_of
from sottovoce.server.routes.guarded import InHouse, Whose, guarded_router
from sottovoce.server.routes.jobs import job_response
from sottovoce.server.schemas.analysis import Analysed, SimpleAnswer
from sottovoce.server.schemas.jobs import JobAnswer
from sottovoce.server.schemas.memos import FIELDS
from sottovoce.server.uploads import read_upload

VISIBLE = r"^[\x21-\x7e]+$"

router = guarded_router("analyses")

SAVE = "Keep the analysis as an entry of the journal."
KEEP_AUDIO = "Keep it as an entry, and the sound itself with it, encrypted."

Key = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=VISIBLE,
        description="The same key within 24 hours gives the same answer, and one entry.",
    ),
]


def what_to_keep(
    save: Annotated[bool, Query(description=SAVE)] = False,
    keep_audio: Annotated[bool, Query(description=KEEP_AUDIO)] = False,
) -> Keeping:
    """What is to be kept; nothing where nothing is said."""
    return Keeping(save, keep_audio)


@router.post(
    "/analyze-stress",
    responses={200: told("How it sounded.", SimpleAnswer)},
    openapi_extra=file_form({}),
)
async def analyze_stress(request: Request, house: InHouse) -> JSONResponse:
    """The simple door: one memo of up to a minute in, emotion and stress score out.

    A memo in which too little can be heard is answered with nulls, and with reasons.
    """
    with house.receiving(named_length(request.scope)):
        upload = await read_upload(request)
    options = JobOptions(max_duration_s=house.settings.immediate_s)
    return JSONResponse(simple(await house.ears.hear(upload.sound, options)))


@router.post(
    "/v1/analyses",
    responses={
        200: told("How it sounded.", Analysed),
        201: told("How it sounded; it is a new entry.", Analysed, headers=LOCATION_HEADER),
        202: told("It will be heard.", JobAnswer, headers={**LOCATION_HEADER, **LATER_HEADER}),
    },
    openapi_extra=file_form(FIELDS),
)
async def analyse(
    request: Request,
    house: InHouse,
    whose: Whose,
    keeping: Annotated[Keeping, Depends(what_to_keep)],
    idempotency_key: Key = None,
) -> JSONResponse:
    """Hear a memo: at once up to a minute of it, as a job beyond."""
    with house.receiving(named_length(request.scope)):
        upload = await read_upload(request)
    options = options_of(upload, keeping, house.settings.max_duration_s)
    found = await heard_or_queued(house, whose, upload.sound, options, idempotency_key)
    if isinstance(found, Job):
        return job_response(found, 202)
    new = found["outcome"] == "added"
    headers = {"Location": f"/v1/entries/{found['entry_id']}"} if new else {}
    return JSONResponse(found, 201 if new else 200, headers)


def simple(analysis: dict[str, Any]) -> dict[str, Any]:
    """The figures of the simple door; null, with reasons, where too little was heard."""
    stress = analysis["stress"]
    return {
        "emotion": analysis["emotion"],
        "confidence": analysis["confidence"],
        "stress_score": stress["value"] if stress else None,
        "status": analysis["status"],
        "reasons": analysis["reasons"],
    }
