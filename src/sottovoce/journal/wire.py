"""An Entry as one line of JSON, and back: what exports hold, checked at the door."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sottovoce.entries import Entry, Moment, Questionnaire, SelfReport
from sottovoce.journal.changing import clean_tags, id_of
from sottovoce.journal.checkins import band, questionnaire, self_report, total
from sottovoce.journal.errors import ArchiveError, JournalError

WRONG = (
    ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, JournalError,
)  # fmt: skip
"""What reading a line that is none may raise."""

KEPT_NOWHERE = "risk"
"""Where ``analyze --risk`` tells what a model of low mood said."""


def instant_to_wire(instant: datetime) -> str:
    """An instant in UTC, to the microsecond.

    >>> instant_to_wire(datetime(2026, 3, 29, 6, 15, tzinfo=UTC))
    '2026-03-29T06:15:00.000000Z'
    """
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_to_wire(entry: Entry) -> dict[str, Any]:
    """Everything an entry holds, as plain JSON values; not whose it is, for it may be moved."""
    return {**head_to_wire(entry), "analysis": entry.analysis}


def head_to_wire(entry: Entry) -> dict[str, Any]:
    """What a person and their clock gave to an entry: all but the analysis."""
    return {
        "id": entry.id,
        "recorded_at": instant_to_wire(entry.recorded_at.utc),
        "zone": entry.recorded_at.zone,
        "offset_min": entry.recorded_at.offset_min,
        "added_at": instant_to_wire(entry.added_at),
        "note": entry.note,
        "tags": list(entry.tags),
        "self_report": report_to_wire(entry.self_report),
        "questionnaires": [questionnaire_to_wire(one) for one in entry.questionnaires],
        "example": entry.example,
        "deleted_at": instant_to_wire(entry.deleted_at) if entry.deleted_at else None,
    }


def report_to_wire(said: SelfReport | None) -> dict[str, Any] | None:
    """How the person said they felt; None where they said nothing."""
    if said is None:
        return None
    return {"valence": said.valence, "reported_at": instant_to_wire(said.reported_at)}


def questionnaire_to_wire(filled: Questionnaire) -> dict[str, Any]:
    """Answers, with the published score and band beside them for whoever reads the file."""
    return {
        "name": filled.name,
        "answers": list(filled.answers),
        "answered_at": instant_to_wire(filled.answered_at),
        "total": total(filled),
        "band": band(filled),
    }


def entry_from_line(line: bytes, owner: str) -> Entry:
    """An entry from its line.

    Raises
    ------
    ArchiveError
        The line is not one of an export; the sentence says what is wrong.
    """
    try:
        return entry_from_wire(json.loads(line), owner)
    except WRONG as wrong:
        raise ArchiveError(f"a line of the export is no entry ({words(wrong)})") from wrong


def entry_from_wire(wire: Mapping[str, Any], owner: str) -> Entry:
    """An entry from plain JSON values; raises ValueError and the like where they are not one."""
    said, gone = wire["self_report"], wire["deleted_at"]
    analysis = wire["analysis"]
    if KEPT_NOWHERE in analysis:
        raise ValueError("it holds a number about low mood, which no journal keeps")
    if wire["id"] != id_of(analysis["recording"]["sha256"]):
        raise ValueError("its id is not that of its recording")
    return Entry(
        id=wire["id"],
        owner=owner,
        recorded_at=moment_from_wire(wire),
        added_at=instant(wire["added_at"]),
        analysis=analysis,
        note=text(wire["note"]),
        tags=clean_tags(wire["tags"]),
        self_report=said and self_report(said["valence"], instant(said["reported_at"])),
        questionnaires=tuple(map(questionnaire_from_wire, wire["questionnaires"])),
        example=wire["example"] is True,
        deleted_at=instant(gone) if gone else None,
    )


def moment_from_wire(wire: Mapping[str, Any]) -> Moment:
    """When and where; the offset is believed, for rules of zones change."""
    if not -24 * 60 < wire["offset_min"] < 24 * 60:
        raise ValueError(f"an offset of {wire['offset_min']} minutes")
    return Moment(instant(wire["recorded_at"]), text(wire["zone"]), int(wire["offset_min"]))


def questionnaire_from_wire(wire: Mapping[str, Any]) -> Questionnaire:
    """A questionnaire; its total and band are computed again, not believed."""
    return questionnaire(wire["name"], wire["answers"], instant(wire["answered_at"]))


def questionnaire_from_line(line: bytes) -> Questionnaire:
    """A questionnaire from its line.

    Raises
    ------
    ArchiveError
        The line is not one of an export.
    """
    try:
        return questionnaire_from_wire(json.loads(line))
    except WRONG as wrong:
        raise ArchiveError(f"a line of the export is no questionnaire ({words(wrong)})") from wrong


def instant(value: Any) -> datetime:
    """An aware instant."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(f"'{value}' names no offset")
    return found.astimezone(UTC)


def text(value: Any) -> str:
    """A text, and nothing else."""
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    return value


def words(wrong: Exception) -> str:
    """A missing part by its name, else what the error says."""
    return f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
