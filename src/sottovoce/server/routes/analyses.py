"""A memo in, how it sounded out."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from sottovoce.jobs.queue import JobOptions
from sottovoce.server.answers import file_form, told
from sottovoce.server.routes.guarded import InHouse, guarded_router
from sottovoce.server.schemas.analysis import SimpleAnswer
from sottovoce.server.uploads import read_upload

router = guarded_router("analyses")


@router.post(
    "/analyze-stress",
    responses={200: told("How it sounded.", SimpleAnswer)},
    openapi_extra=file_form({}),
)
async def analyze_stress(request: Request, house: InHouse) -> JSONResponse:
    """The simple door: one memo of up to a minute in, emotion and stress score out.

    A memo in which too little can be heard is answered with nulls, and with reasons.
    """
    upload = await read_upload(request)
    options = JobOptions(max_duration_s=house.settings.immediate_s)
    return JSONResponse(simple(await house.ears.hear(upload.sound, options)))


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
