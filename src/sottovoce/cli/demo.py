"""``sottovoce demo``: the sample memos that come with the package, analysed and printed."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sottovoce.analysis.batch import Outcome

WORDS = (
    "These sample memos are synthetic: espeak-ng made them at different rates and pitches, so "
    "no feeling is in them, and what is heard below is only what a machine's voice sounds like.\n"
)
EXAMPLE_WORDS = (
    "\n{count} made-up example memos of ten weeks are in your journal now, each marked as example; "
    "above are the newest.\nRemove them all: sottovoce journal erase --examples"
)
OWN_WORDS = "Your journal holds memos of your own, so no example weeks were added to it."
SHOWN = 5


def by_name(outcome: "Outcome") -> "Outcome":
    """Called by the file's name alone: where the package is installed is of no interest."""
    return replace(outcome, source=Path(outcome.source).name)


def demo_command(
    serve: Annotated[
        bool, typer.Option(help="Open the dashboard afterwards, until Ctrl-C.")
    ] = True,
) -> None:
    """Analyse the sample memos, print what was heard, and fill example weeks into the journal."""
    from sottovoce.analysis.batch import Plan, analyze_many
    from sottovoce.cli.analyze import write_words
    from sottovoce.runtime import ASSETS

    typer.echo(WORDS, err=True)
    outcomes = analyze_many(sorted((ASSETS / "samples").glob("*.*")), Plan())
    failed = write_words(map(by_name, outcomes))
    fill_journal()
    if serve:
        open_dashboard()
    raise typer.Exit(1 if failed else 0)


def open_dashboard() -> None:
    """Serve the journal of this home, and show it in the browser, until Ctrl-C."""
    from sottovoce.cli.serve import start
    from sottovoce.config import read_settings
    from sottovoce.server.settings import ServerSettings

    typer.echo("\nThe dashboard opens in your browser; Ctrl-C ends it.", err=True)
    start(ServerSettings(person=read_settings()), open_browser=True)


def fill_journal() -> None:
    """Put example weeks into a journal that holds nothing of the person's own."""
    from sottovoce.cli.entries import as_table
    from sottovoce.cli.opening import my_journal, zone_here
    from sottovoce.journal.examples import add_examples

    with my_journal() as journal:
        if any(not entry.example for entry in journal.entries(deleted=None)):
            typer.echo(OWN_WORDS, err=True)
            return
        add_examples(journal, zone_here())
        newest, count = journal.latest(SHOWN), journal.count()
    as_table(newest)
    typer.echo(EXAMPLE_WORDS.format(count=count), err=True)
