"""Trends, patterns and alerts."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from sottovoce.insights.scales import MEASURES
from sottovoce.server.schemas.parts import Answer, Message
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


class RuleState(Answer):
    """A rule, what it looks for, and whether it may speak."""

    rule: str
    words: str
    state: Literal["on", "off", "muted"]
    muted_until: date | None


class Due(Answer):
    """An alert that is due now."""

    rule: str
    title: str
    body: str


class AlertsAnswer(Answer):
    """The rules, the hours of quiet, where to talk to someone, and what is due now."""

    rules: list[RuleState]
    quiet_from: str
    quiet_until: str
    region: str | None
    help: str
    due: Due | None


def written(value: Any) -> Any:
    """Refuse a day that is a number: pydantic would count seconds from 1970."""
    if not isinstance(value, str):
        raise ValueError("a day is written like 2026-11-21")
    return value


Day = Annotated[date, BeforeValidator(written)]


class RuleChange(Message):
    """Let a rule speak, turn it off, or silence it until a day."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"enabled": True}], "minProperties": 1}
    )

    enabled: Annotated[bool, Field(strict=True)] = True
    muted_until: Day = Field(default=None)  # type: ignore[assignment] # left out, never null

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse an empty change."""
        if not self.model_fields_set:
            raise ValueError("nothing to change")
        return self
