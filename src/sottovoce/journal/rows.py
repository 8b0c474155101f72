"""An Entry as rows, and rows as an Entry."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from sottovoce.entries import Entry, Moment, Questionnaire, SelfReport
from sottovoce.journal.schema import MEASURES, AnalysisRow, EntryRow, QuestionnaireRow

GIST = ("status", "emotion", "confidence", "emotions", "recording", "biomarkers", "model")
INDICES = ("stress", "anxiety", "low_mood")
INDEX_GIST = ("value", "low", "high", "method")

ENTRY_COLUMNS = (
    EntryRow.id,
    EntryRow.recorded_at,
    EntryRow.zone,
    EntryRow.offset_min,
    EntryRow.added_at,
    EntryRow.gist,
    EntryRow.note,
    EntryRow.tags,
    EntryRow.valence,
    EntryRow.valence_at,
    EntryRow.example,
    EntryRow.deleted_at,
)


def compact(value: Any) -> str:
    """JSON in the fewest characters, its keys in their order; the same value, the same text.

    >>> compact({"stress": 0.5, "note": "é"})
    '{"stress":0.5,"note":"é"}'
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def gist_of(analysis: Mapping[str, Any]) -> dict[str, Any]:
    """What lists and trends need of an analysis: all measures, no timeline, no explanation."""
    gist = {name: analysis[name] for name in GIST if name in analysis}
    if quality := analysis.get("quality"):
        gist["quality"] = {"verdict": quality["verdict"]}
    for name in INDICES:
        index = analysis.get(name)
        gist[name] = {part: index[part] for part in INDEX_GIST if part in index} if index else None
    return gist


def entry_values(entry: Entry) -> dict[str, Any]:
    """The row of an entry, without its owner."""
    report = entry.self_report
    return {
        "id": entry.id,
        "sha256": entry.analysis["recording"]["sha256"],
        "recorded_at": entry.recorded_at.utc,
        "zone": entry.recorded_at.zone,
        "offset_min": entry.recorded_at.offset_min,
        "added_at": entry.added_at,
        "gist": compact(gist_of(entry.analysis)),
        "note": entry.note,
        "tags": compact(list(entry.tags)),
        "valence": report.valence if report else None,
        "valence_at": report.reported_at if report else None,
        "example": entry.example,
        "deleted_at": entry.deleted_at,
        **heard_values(entry),
    }


def heard_values(entry: Entry) -> dict[str, float | None]:
    """The measures that insights may hear: none of a recording that was not usable."""
    return {name: entry.measure(name) if entry.usable else None for name in MEASURES}


def analysis_values(entry: Entry) -> dict[str, Any]:
    """The row of an entry's analysis."""
    return {"entry_id": entry.id, "body": compact(entry.analysis)}


def entry_from(row: Row[Any], owner: str, questionnaires: tuple[Questionnaire, ...] = ()) -> Entry:
    """An entry from ``ENTRY_COLUMNS``; a further column is the text of its whole analysis."""
    found = tuple(row)
    (key, utc, zone, offset_min, added_at, gist, note, tags, valence, valence_at, example, gone) = (
        found[: len(ENTRY_COLUMNS)]
    )
    whole = found[len(ENTRY_COLUMNS) :]
    return Entry(
        id=key,
        owner=owner,
        recorded_at=Moment(utc, zone, offset_min),
        added_at=added_at,
        analysis=json.loads(whole[0] if whole else gist),
        note=note,
        tags=() if tags == "[]" else tuple(json.loads(tags)),
        self_report=None if valence is None else SelfReport(valence, valence_at),
        questionnaires=questionnaires,
        example=example,
        deleted_at=gone,
    )


def questionnaire_from(row: Row[Any]) -> Questionnaire:
    """A questionnaire from name, answers and time."""
    return Questionnaire(row.name, tuple(json.loads(row.answers)), row.answered_at)


QUESTIONNAIRE_COLUMNS = (
    QuestionnaireRow.entry_id,
    QuestionnaireRow.name,
    QuestionnaireRow.answers,
    QuestionnaireRow.answered_at,
)
WHOLE = AnalysisRow.body
