"""Trends and patterns."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema

from sottovoce.domain import Biomarkers
from sottovoce.insights.scales import INDEXES
from sottovoce.server.schemas.parts import Answer

MEASURES = (*INDEXES, *Biomarkers().as_dict())


def known_measure(name: str) -> str:
    """Refuse a name that no entry has."""
    if name not in MEASURES:
        raise ValueError("unknown measure")
    return name


Measure = Annotated[
    str,
    AfterValidator(known_measure),
    WithJsonSchema({"type": "string", "enum": list(MEASURES)}),
]
Weeks = Annotated[int, Field(ge=4, le=104)]


class TrendsAnswer(Answer):
    """What the journal tells of one measure; null or empty where it is too early to say.

    The parts are those of ``sottovoce trends --json``; ``words`` tells them in sentences.
    """

    measure: str
    today: date
    warm_up: dict[str, Any]
    recent: dict[str, Any] | None
    anchored: dict[str, Any] | None
    days: list[dict[str, Any]]
    weeks: list[dict[str, Any]]
    trend: dict[str, Any] | None
    change: dict[str, Any] | None
    patterns: dict[str, Any] | None
    tags: list[dict[str, Any]]
    agreement: dict[str, Any] | None
    recalibration: dict[str, Any] | None
    words: list[str]


class PatternsAnswer(Answer):
    """When of day and week, and with which tags, a measure differs; null where nothing is told."""

    measure: str
    patterns: dict[str, Any] | None
    tags: list[dict[str, Any]]
