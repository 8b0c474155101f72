"""Parts that several messages share."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

HEX = "^[0-9a-f]{16}$"
NO_NUL = r"^[^\x00]*$"
"""A database keeps every character but this one."""

ONE_TAG = r"^[^,\s\x00][^,\x00]*$"
WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

EntryId = Annotated[str, StringConstraints(pattern=HEX)]
Note = Annotated[str, StringConstraints(max_length=10_000, pattern=NO_NUL)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ONE_TAG)]
Tags = Annotated[list[Tag], Field(max_length=32)]


def written(value: Any) -> Any:
    """A day as it is written; pydantic alone would count seconds from 1970.

    >>> written("2026-11-21")
    '2026-11-21'
    """
    if not isinstance(value, str) or not WRITTEN_DAY.fullmatch(value):
        raise ValueError("a day is written like 2026-11-21")
    return value


Day = Annotated[date, BeforeValidator(written)]


def whole(value: Any) -> Any:
    """A whole number however JSON writes it: 3.0 is 3.

    >>> whole(3.0), whole(3.5), whole("3")
    (3, 3.5, '3')
    """
    return int(value) if isinstance(value, float) and value.is_integer() else value


Valence = Annotated[int, Field(ge=1, le=7, strict=True), BeforeValidator(whole)]
Instant = AwareDatetime
Share = Annotated[float, Field(ge=0, le=1)]


class Message(BaseModel):
    """Something that is sent to the service: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """Something that the service sends."""

    model_config = ConfigDict(extra="forbid")


class Wrong(Answer):
    """One wrong part of a request: which rule it breaks, and where; never what it was."""

    type: str
    where: list[str | int]


class ProblemBody(BaseModel):
    """An error (RFC 9457). ``type`` is stable; ``instance`` finds the request in the log."""

    model_config = ConfigDict(
        title="Problem",
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:sottovoce:problem:corrupt",
                    "title": "The file is damaged and cannot be decoded.",
                    "status": 422,
                    "instance": "urn:sottovoce:request:0d9d0a4f7f8b4a51a2d5b2f1f6f0b6b1",
                }
            ]
        },
    )

    type: Annotated[str, Field(pattern="^urn:sottovoce:problem:[a-z_]+$")]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    instance: Annotated[str, Field(pattern="^urn:sottovoce:request:([0-9a-f]{32}|none)$")]
    errors: list[Wrong] | None = None
    checks: dict[str, Any] | None = None
