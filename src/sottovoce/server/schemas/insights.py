"""Trends and patterns."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from sottovoce.insights.scales import MEASURES
from sottovoce.server.schemas.parts import Answer
from sottovoce.server.schemas.trends import (
    Agreement,
    Change,
    Felt,
    Level,
    Patterns,
    Recalibration,
    TagFinding,
    Trend,
    Usual,
    WarmUp,
)

TWENTY_YEARS_WEEKS = 1044


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
Weeks = Annotated[int, Field(ge=4, le=TWENTY_YEARS_WEEKS)]


class TrendsAnswer(Answer):
    """What the journal tells of one measure; null or empty where it is too early to say.

    The parts are those of ``sottovoce trends --json``; ``words`` tells them in sentences.
    """

    measure: str
    today: date
    warm_up: WarmUp
    recent: Usual | None
    anchored: Usual | None
    days: list[Level]
    weeks: list[Level]
    felt: list[Felt]
    trend: Trend | None
    change: Change | None
    patterns: Patterns | None
    tags: list[TagFinding]
    agreement: Agreement | None
    recalibration: Recalibration | None
    words: list[str]


class PatternsAnswer(Answer):
    """When of day and week, and with which tags, a measure differs; null where nothing is told."""

    measure: str
    patterns: Patterns | None
    tags: list[TagFinding]


class UsualsAnswer(Answer):
    """Your usual in each measure over the 60 days before ``day``; null where it was not known."""

    day: date
    usual: dict[str, Usual | None]
