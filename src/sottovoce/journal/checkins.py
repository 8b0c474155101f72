"""What a person says of themselves: never inferred from a voice, never mixed with what it gave.

PHQ-8: Kroenke K et al., "The PHQ-8 as a measure of current depression in the general population",
J Affect Disord 114 (2009) 163-173. GAD-7: Spitzer RL et al., "A brief measure for assessing
generalized anxiety disorder", Arch Intern Med 166 (2006) 1092-1097. Both may be reproduced without
permission. Items and bands are those of the papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sottovoce.entries import Questionnaire, QuestionnaireName, SelfReport
from sottovoce.journal.errors import JournalError

STEM = "Over the last 2 weeks, how often have you been bothered by the following?"
CHOICES = ("Not at all", "Several days", "More than half the days", "Nearly every day")
VALENCE = (
    "very unpleasant", "unpleasant", "slightly unpleasant", "neutral",
    "slightly pleasant", "pleasant", "very pleasant",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A published questionnaire: its items, and the least total of each band."""

    title: str
    items: tuple[str, ...]
    bands: tuple[tuple[int, str], ...]

    @property
    def largest(self) -> int:
        """The largest total there can be."""
        return (len(CHOICES) - 1) * len(self.items)


FORMS: dict[QuestionnaireName, Form] = {
    "phq-8": Form(
        "PHQ-8",
        (
            "Little interest or pleasure in doing things",
            "Feeling down, depressed, or hopeless",
            "Trouble falling or staying asleep, or sleeping too much",
            "Feeling tired or having little energy",
            "Poor appetite or overeating",
            "Feeling bad about yourself, or that you are a failure or have let yourself or your "
            "family down",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
            "Moving or speaking so slowly that other people could have noticed, or the opposite: "
            "being so fidgety or restless that you have been moving around a lot more than usual",
        ),
        ((0, "none to minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"),
         (20, "severe")),
    ),
    "gad-7": Form(
        "GAD-7",
        (
            "Feeling nervous, anxious, or on edge",
            "Not being able to stop or control worrying",
            "Worrying too much about different things",
            "Trouble relaxing",
            "Being so restless that it is hard to sit still",
            "Becoming easily annoyed or irritable",
            "Feeling afraid, as if something awful might happen",
        ),
        ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")),
    ),
}  # fmt: skip


def self_report(valence: int, at: datetime) -> SelfReport:
    """A report of how the person felt, 1 (very unpleasant) to 7 (very pleasant).

    Raises
    ------
    JournalError
        The value is none of the seven.
    """
    if not 1 <= valence <= len(VALENCE):
        raise JournalError(f"'{valence}' is not on the scale from 1 to {len(VALENCE)}")
    return SelfReport(valence, at)


def questionnaire(name: str, answers: Sequence[int], at: datetime) -> Questionnaire:
    """A filled questionnaire, each answer 0 to 3, none left out.

    Raises
    ------
    JournalError
        There is no such form, or the answers are not those of one.
    """
    if name not in FORMS:
        raise JournalError(f"there is no questionnaire '{name}'; there are: {', '.join(FORMS)}")
    known: QuestionnaireName = "phq-8" if name == "phq-8" else "gad-7"
    items = len(FORMS[known].items)
    if len(answers) != items or not all(answer in range(len(CHOICES)) for answer in answers):
        raise JournalError(f"{FORMS[known].title} needs {items} answers, each 0 to 3")
    return Questionnaire(known, tuple(answers), at)


def total(filled: Questionnaire) -> int:
    """The published score: the sum of the answers.

    >>> from datetime import UTC
    >>> total(questionnaire("gad-7", [1, 1, 2, 0, 0, 3, 0], datetime(2026, 3, 1, tzinfo=UTC)))
    7
    """
    return sum(filled.answers)


def band(filled: Questionnaire) -> str:
    """The published band that the total falls in; a description of answers, nothing more.

    >>> from datetime import UTC
    >>> band(questionnaire("phq-8", [1, 1, 2, 0, 0, 3, 0, 3], datetime(2026, 3, 1, tzinfo=UTC)))
    'moderate'
    """
    reached = [name for least, name in FORMS[filled.name].bands if total(filled) >= least]
    return reached[-1]


def questionnaire_id(filled: Questionnaire) -> str:
    """An id that the same answers at the same time always have."""
    words = f"{filled.name} {filled.answered_at.isoformat()} {filled.answers}"
    return sha256(words.encode()).hexdigest()[:16]
