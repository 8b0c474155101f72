"""The whole catalogue is read: no diagnosis, nothing a person *is*, nothing commanded."""

import json
import re
from datetime import date

import pytest

from sottovoce.insights.help_lines import FILE, help_lines
from sottovoce.insights.wording import CATALOGUE

BANNED = re.compile(
    r"diagnos|disorder|depress|\billness|\bill\b|\bsick|disease|patient|clinical|symptom|abnormal|"
    r"\blie\b|lying|\bmental|therap|treat|doctor|suffer|patholog|screening|\brisk|worry|danger|"
    r"warning|emergency|should|must\b|you are|you're|you feel|you seem|you look"
)


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_no_sentence_diagnoses_or_says_what_a_person_is(key: str) -> None:
    text = CATALOGUE[key].lower()
    # "nine days in ten lie between" is about numbers
    text = text.replace("days in ten lie between", "").replace("your days lie between", "")
    assert not BANNED.search(text)


def test_the_test_would_catch_them() -> None:
    for text in ("you are stressed", "a sign of depression", "see a doctor", "abnormal"):
        assert BANNED.search(text)


def test_alerts_speak_of_how_the_voice_sounded() -> None:
    titles = [
        text
        for key, text in CATALOGUE.items()
        if key.startswith("alert_") and not key.endswith(("_reason", "_doubt", "_mute"))
    ]
    assert len(titles) == 4
    assert all(text.startswith("Your voice sounded ") for text in titles)


def test_claims_carry_their_count_and_their_doubt() -> None:
    for key in ("usual", "trend_moved", "change", "pattern", "tag", "agreement", "recalibration"):
        text = CATALOGUE[key]
        assert re.search(r"\{n_\w+\}", text), key
        assert re.search(r"90 %|chance|robability", text), key


def test_help_lines_are_dated_and_always_end_with_the_one_for_anywhere() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert date.fromisoformat(kept["compiled_on"]) >= date(2026, 11, 1)
    assert all(re.fullmatch("[A-Z]{2}", region) for region in kept["regions"])
    for region in [*kept["regions"], None, "XX"]:
        shown = help_lines(region).lines
        assert shown[-1].contact == "https://findahelpline.com"
        assert all(line.name and re.search(r"\d|https://", line.contact) for line in shown)


def test_a_region_is_known_in_either_case() -> None:
    assert help_lines("nl") == help_lines("NL")
    assert help_lines("nl").region == "NL"
