"""Where to talk to someone: lines by region, from a dated file, always shown, never on a score."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sottovoce.runtime import ASSETS

FILE = ASSETS / "help" / "crisis_lines.json"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A line to call or open: its name and its number or address."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The lines of a region, the one for anywhere last, and the day the file was compiled."""

    region: str | None
    lines: tuple[HelpLine, ...]
    compiled_on: date


def help_lines(region: str | None) -> HelpLines:
    """The lines of a region by its two letters (ISO 3166-1); only the general one if unknown.

    >>> help_lines("NL").lines[0].contact, help_lines(None).lines[0].contact
    ('113', 'https://findahelpline.com')
    """
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    known = kept["regions"].get((region or "").upper(), [])
    lines = _lines([*known, kept["anywhere"]])
    return HelpLines(
        region.upper() if region and known else None,
        lines,
        date.fromisoformat(kept["compiled_on"]),
    )


def _lines(rows: Iterable[dict[str, str]]) -> tuple[HelpLine, ...]:
    return tuple(HelpLine(row["name"], row["contact"]) for row in rows)
