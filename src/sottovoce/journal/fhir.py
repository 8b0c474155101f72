"""Entries as FHIR R4 Observations, one JSON resource a line (NDJSON, as FHIR's bulk data are).

Codes are of our own system: a stated convention over a model's output is no LOINC concept, and
``status`` stays "preliminary". Units are UCUM.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sottovoce.domain import Biomarkers
from sottovoce.entries import Entry, Questionnaire
from sottovoce.journal.checkins import FORMS, total
from sottovoce.journal.files import appearing
from sottovoce.journal.finding import find_entries, find_questionnaires
from sottovoce.journal.rows import INDICES, compact
from sottovoce.journal.store import Journal
from sottovoce.journal.wire import instant_to_wire

SYSTEM = "urn:sottovoce:measure"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
UNITS = {
    "_syllables_per_s": "{syllable}/s",
    "_per_min": "/min",
    "_semitones": "{semitone}",
    "_dbfs": "dB",
    "_hz": "Hz",
    "_db": "dB",
    "_ratio": "1",
    "_s": "s",
}


def export_fhir(journal: Journal, target: Path) -> int:
    """Write an Observation for each entry and each questionnaire; returns how many.

    Raises
    ------
    DiskFullError, ReadOnlyError
        The file could not be written; nothing is left behind.
    """
    count = 0
    with appearing(target) as part, journal.reading() as owned, part.open("wb") as file:
        entries, filled = find_entries(owned), find_questionnaires(owned)
        for resource in resources(entries, filled):
            file.write(compact(without_empty(resource)).encode() + b"\n")
            count += 1
    return count


def resources(
    entries: Iterable[Entry], filled: Iterable[Questionnaire]
) -> Iterator[dict[str, Any]]:
    """Observations of voices, then of answers."""
    yield from map(voice_observation, entries)
    yield from map(answers_observation, filled)


def voice_observation(entry: Entry) -> dict[str, Any]:
    """How a voice sounded in one memo: each measure that was taken is a component."""
    names = (*INDICES, *Biomarkers().as_dict())
    measured = [(name, value) for name in names if (value := entry.measure(name)) is not None]
    return {
        **observation(entry.id, "voice-memo", "How a voice sounded in a memo", "activity"),
        "effectiveDateTime": entry.recorded_at.local.isoformat(),
        "device": {"display": f"sottovoce, {entry.analysis.get('model', {}).get('name')}"},
        "component": [
            {"code": coded(name, name.replace("_", " ")), "valueQuantity": quantity(name, value)}
            for name, value in measured
        ],
        "note": [{"text": entry.note}] if entry.note else [],
    }


def answers_observation(filled: Questionnaire) -> dict[str, Any]:
    """A person's own answers to a questionnaire, with the published score."""
    form = FORMS[filled.name]
    return {
        **observation(f"{filled.name}-{filled.answered_at:%Y%m%dT%H%M%S%fZ}", filled.name,
                      f"{form.title} total score", "survey"),
        "effectiveDateTime": instant_to_wire(filled.answered_at),
        "valueInteger": total(filled),
        "component": [
            {"code": coded(f"{filled.name}-{number}", item), "valueInteger": answer}
            for number, (item, answer) in enumerate(
                zip(form.items, filled.answers, strict=True), start=1
            )
        ],
    }  # fmt: skip


def observation(key: str, code: str, words: str, category: str) -> dict[str, Any]:
    """What every Observation begins with."""
    return {
        "resourceType": "Observation",
        "id": key,
        "status": "preliminary",
        "category": [{"coding": [{"system": CATEGORIES, "code": category}]}],
        "code": coded(code, words),
    }


def without_empty(resource: dict[str, Any]) -> dict[str, Any]:
    """FHIR knows no empty lists.

    >>> without_empty({"note": [], "valueInteger": 0})
    {'valueInteger': 0}
    """
    return {name: value for name, value in resource.items() if value != []}


def coded(code: str, words: str) -> dict[str, Any]:
    """A concept of our own system."""
    return {"coding": [{"system": SYSTEM, "code": code}], "text": words}


def quantity(name: str, value: float) -> dict[str, Any]:
    """A value with its UCUM unit, which the measure's name says.

    >>> quantity("pitch_median_hz", 120.5)["code"], quantity("stress", 0.25)["code"]
    ('Hz', '1')
    """
    unit = next((unit for end, unit in UNITS.items() if name.endswith(end)), "1")
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}
