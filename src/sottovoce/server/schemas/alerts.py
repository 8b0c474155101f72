"""Alerts: the rules, the hours of quiet, and what is due."""

from datetime import date
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from sottovoce.server.schemas.parts import Answer, Day, Message, whole

CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
COUNTRY = "^[A-Z]{2}$"
WallTime = Annotated[str, StringConstraints(pattern=CLOCK)]
Hour = Annotated[int, Field(ge=0, le=23, strict=True), BeforeValidator(whole)]
Change = TypeVar("Change", bound=Message)


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
    day_start_h: int
    region: str | None
    help: str
    due: Due | None


def saying(change: Change) -> Change:
    """Refuse a change of nothing."""
    if not change.model_fields_set:
        raise ValueError("nothing to change")
    return change


class AlertsChange(Message):
    """Other hours of quiet, another region for help lines, another start of the day.

    The same time twice means no quiet hours; the region is a country's two letters, or null.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"quiet_from": "22:00", "quiet_until": "07:30"}],
            "minProperties": 1,
        },
    )

    quiet_from: WallTime = Field(default=None)  # type: ignore[assignment] # left out, never null
    quiet_until: WallTime = Field(default=None)  # type: ignore[assignment]
    day_start_h: Hour = Field(default=None)  # type: ignore[assignment]
    region: Annotated[str, StringConstraints(pattern=COUNTRY)] | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse an empty change."""
        return saying(self)


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
        return saying(self)
