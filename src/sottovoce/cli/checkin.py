"""``sottovoce checkin``: what you say of yourself, beside what your voice gave."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sottovoce.cli.opening import my_journal

if TYPE_CHECKING:
    from sottovoce.entries import QuestionnaireName
    from sottovoce.journal.store import Journal

EPILOG = """\b
Examples:
  sottovoce checkin 5                                  how you feel, with your latest memo
  sottovoce checkin 3 --entry 3f2a                     with another memo
  sottovoce checkin --form gad-7                       seven questions, one after another
  sottovoce checkin --form phq-8 --answers 0,1,0,2,0,0,1,0

Your own words about yourself: never guessed from your voice, and no substitute for talking to
someone. Need to talk now? https://findahelpline.com"""


def checkin_command(
    valence: Annotated[
        int | None, typer.Argument(help="How you feel: 1 very unpleasant to 7 very pleasant.")
    ] = None,
    entry: Annotated[str | None, typer.Option(help="Id of the memo it goes with.")] = None,
    form: Annotated[str | None, typer.Option(help="A questionnaire: phq-8 or gad-7.")] = None,
    answers: Annotated[
        str | None, typer.Option(help="With --form: the answers, 0 to 3, with commas.")
    ] = None,
) -> None:
    """Say how you feel, or fill in a questionnaire; it is kept as your own answer."""
    if (valence is None) == (form is None):
        raise typer.BadParameter("name a value from 1 to 7, or --form phq-8 or gad-7")
    with my_journal() as journal:
        if valence is not None:
            said = journal.report(entry or latest_memo(journal), valence)
            typer.echo(f"kept with {said.id}: you said {valence} of 7", err=True)
        else:
            fill(journal, str(form), answers, entry)


def latest_memo(journal: "Journal") -> str:
    """The memo that a report goes with when none is named.

    Raises
    ------
    NoEntryError
        There is none yet.
    """
    from sottovoce.journal.errors import NoEntryError

    found = [memo.id for memo in journal.latest(1)]
    if not found:
        raise NoEntryError("there is no memo yet; `sottovoce analyze MEMO --save` keeps one")
    return found[0]


def fill(journal: "Journal", form: str, answers: str | None, entry: str | None) -> None:
    """Keep a questionnaire; its score and published band are told, and whose they are."""
    from sottovoce.journal.checkins import FORMS, band, questionnaire, total

    given = read_answers(answers) if answers is not None else asked(form)
    filled = questionnaire(form, given, journal.clock())
    journal.answer(filled, entry)
    shape = FORMS[filled.name]
    typer.echo(
        f"kept: your {shape.title} is {total(filled)} of {shape.largest}, in the published band "
        f"'{band(filled)}'; it counts your answers and is no diagnosis",
        err=True,
    )


def read_answers(words: str) -> list[int]:
    """Numbers with commas between.

    >>> read_answers("0,1, 3")
    [0, 1, 3]
    """
    try:
        return [int(word) for word in words.split(",")]
    except ValueError as unread:
        raise typer.BadParameter(f"'{words}' is not a list such as 0,1,0,2") from unread


def asked(form: str) -> list[int]:
    """Answers to one question after another, where someone can answer."""
    from sottovoce.journal.checkins import CHOICES, FORMS, STEM

    known: QuestionnaireName = "phq-8" if form == "phq-8" else "gad-7"
    if form not in FORMS or not sys.stdin.isatty():
        raise typer.BadParameter(f"--form {' or '.join(FORMS)}, with --answers where nobody types")
    typer.echo(STEM, err=True)
    typer.echo("; ".join(f"{number} {words}" for number, words in enumerate(CHOICES)), err=True)
    return [int(typer.prompt(item, type=int, err=True)) for item in FORMS[known].items]
