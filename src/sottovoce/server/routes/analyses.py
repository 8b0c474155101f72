"""A memo in, how it sounded out."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from sottovoce.server.routes.guarded import InHouse, guarded_router
from sottovoce.server.routes.hearing import heard_now
from sottovoce.server.uploads import read_upload

router = guarded_router("analyses")


@router.post("/analyze-stress")
async def analyze_stress(request: Request, house: InHouse) -> JSONResponse:
    """The simple door: one memo in, emotion, confidence and stress score out."""
    upload = await read_upload(request)
    return JSONResponse(simple(await heard_now(house, upload.sound)))


def simple(analysis: dict[str, Any]) -> dict[str, Any]:
    """The three figures of the simple door; null, with reasons, where too little was heard."""
    stress = analysis["stress"]
    return {
        "emotion": analysis["emotion"],
        "confidence": analysis["confidence"],
        "stress_score": stress["value"] if stress else None,
        "status": analysis["status"],
        "reasons": analysis["reasons"],
    }
