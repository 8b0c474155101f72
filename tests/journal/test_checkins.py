"""The published forms, their published scoring, and nothing made of them."""

from datetime import UTC, datetime

import pytest

from sottovoce.journal.checkins import FORMS, band, questionnaire, self_report, total
from sottovoce.journal.errors import JournalError

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def with_total(name: str, wanted: int) -> list[int]:
    items = len(FORMS["phq-8" if name == "phq-8" else "gad-7"].items)
    return [min(3, max(0, wanted - 3 * number)) for number in range(items)]


@pytest.mark.parametrize(
    ("name", "least", "most", "words"),
    [  # Kroenke 2009, table 1; Spitzer 2006
        ("phq-8", 0, 4, "none to minimal"),
        ("phq-8", 5, 9, "mild"),
        ("phq-8", 10, 14, "moderate"),
        ("phq-8", 15, 19, "moderately severe"),
        ("phq-8", 20, 24, "severe"),
        ("gad-7", 0, 4, "minimal"),
        ("gad-7", 5, 9, "mild"),
        ("gad-7", 10, 14, "moderate"),
        ("gad-7", 15, 21, "severe"),
    ],
)
def test_bands_are_the_published_ones(name: str, least: int, most: int, words: str) -> None:
    for wanted in range(least, most + 1):
        filled = questionnaire(name, with_total(name, wanted), NOW)
        assert (total(filled), band(filled)) == (wanted, words)


def test_forms_have_their_published_number_of_items() -> None:
    assert {name: (len(form.items), form.largest) for name, form in FORMS.items()} == {
        "phq-8": (8, 24),
        "gad-7": (7, 21),
    }


@pytest.mark.parametrize("answers", [[], [0] * 7, [0] * 9, [0] * 7 + [4], [0] * 7 + [-1]])
def test_answers_of_another_form_are_refused(answers: list[int]) -> None:
    with pytest.raises(JournalError, match="8 answers, each 0 to 3"):
        questionnaire("phq-8", answers, NOW)


@pytest.mark.parametrize("valence", [0, 8, -1])
def test_a_report_is_on_its_scale(valence: int) -> None:
    with pytest.raises(JournalError, match="from 1 to 7"):
        self_report(valence, NOW)
