"""Observations that FHIR R4 would take, and no code that claims more than there is."""

import json
from pathlib import Path

from journals import memo
from sottovoce.journal.checkins import questionnaire
from sottovoce.journal.fhir import SYSTEM, export_fhir
from sottovoce.journal.store import Journal

STATUS = {"registered", "preliminary", "final", "amended"}


def test_observations_hold_measures_units_and_answers(journal: Journal, tmp_path: Path) -> None:
    key = journal.add(memo(1, note="a talk")).entry.id
    journal.answer(questionnaire("gad-7", [1, 2, 3, 0, 1, 2, 3], journal.clock()), key)
    assert export_fhir(journal, tmp_path / "o.ndjson") == 2
    voice, answers = map(json.loads, (tmp_path / "o.ndjson").read_text().splitlines())
    for one in (voice, answers):
        assert one["resourceType"] == "Observation"
        assert one["status"] in STATUS
        assert one["code"]["coding"][0]["system"] == SYSTEM
        assert one["category"][0]["coding"][0]["code"] in ("activity", "survey")
        assert len(one["id"]) <= 64
    assert voice["effectiveDateTime"] == "2026-03-03T08:00:00+01:00"
    units = {
        part["code"]["coding"][0]["code"]: part["valueQuantity"]["code"]
        for part in voice["component"]
    }
    assert units == {"stress": "1", "pitch_median_hz": "Hz", "loudness_dbfs": "dB"}
    assert (answers["valueInteger"], len(answers["component"])) == (12, 7)


def test_nothing_empty_is_written(journal: Journal, tmp_path: Path) -> None:
    """FHIR knows no empty lists or nulls."""
    journal.add(memo(1))
    export_fhir(journal, tmp_path / "o.ndjson")
    text = (tmp_path / "o.ndjson").read_text()
    assert "[]" not in text
    assert "null" not in text
