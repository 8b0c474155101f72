"""What routes say of their answers in the OpenAPI description."""

from typing import Any

from sottovoce.server.problems import MEDIA_TYPE

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
    }
}
"""What every route may answer besides: every error is a problem."""

LATER_HEADER = {
    "Retry-After": {
        "description": "After how many seconds to ask again.",
        "schema": {"type": "integer", "minimum": 0},
    }
}
LOCATION_HEADER = {
    "Location": {"description": "The address of what was made.", "schema": {"type": "string"}}
}


def told(words: str, model: type | None = None, **more: Any) -> dict[str, Any]:
    """One answer: what it means, and its body.

    >>> told("It is gone.")
    {'description': 'It is gone.'}
    """
    return {"description": words, **({"model": model} if model else {}), **more}


def file_form(properties: dict[str, Any]) -> dict[str, Any]:
    """A body that is a form with a memo and fields beside it."""
    memo = {
        "type": "string",
        "contentMediaType": "application/octet-stream",
        "description": "The memo: wav, flac, mp3, m4a, ogg, webm and most of what phones make.",
    }
    schema = {
        "type": "object",
        "properties": {"file": memo, **properties},
        "required": ["file"],
    }
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    }
