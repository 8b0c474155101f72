"""What may be said of a memo that is sent: the fields of its form."""

from datetime import datetime
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, field_validator

from sottovoce.server.schemas.parts import Instant, Message, Note, Tags

YEARS = range(1990, 2101)
"""In which a memo can have been recorded; an instant outside them is a mistake."""


@cache
def known_zones() -> frozenset[str]:
    """The IANA time zones that are known here."""
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    """Refuse a zone that is none."""
    if name not in known_zones():
        raise ValueError("unknown zone")
    return name


def in_our_time(instant: datetime) -> datetime:
    """Refuse an instant at which there were no recordings."""
    if instant.year not in YEARS:
        raise ValueError("out of range")
    return instant


class MemoFields(Message):
    """Fields beside the file: ``tags`` with commas between them, the instant with its offset."""

    note: Annotated[Note, Field(description="Your own words; kept with the entry.")] = ""
    tags: Annotated[Tags, Field(default_factory=list)]
    recorded_at: Annotated[Instant, AfterValidator(in_our_time)] | None = None
    zone: Annotated[str, AfterValidator(known_zone)] | None = None

    @field_validator("tags", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        """Tags out of one field; a tag holds no comma."""
        return [tag.strip() for tag in value.split(",")] if isinstance(value, str) else value


FIELDS = {
    "note": {"type": "string", "maxLength": 10_000, "description": "Your own words."},
    "tags": {"type": "string", "description": "Tags, with commas between them."},
    "recorded_at": {
        "type": "string",
        "format": "date-time",
        "description": "When it was spoken; else as the file says, else now.",
    },
    "zone": {
        "type": "string",
        "description": "IANA time zone where it was spoken; else the machine's.",
    },
}
"""The same in the description of the API."""
