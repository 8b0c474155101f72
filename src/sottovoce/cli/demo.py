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


def by_name(outcome: "Outcome") -> "Outcome":
    """Called by the file's name alone: where the package is installed is of no interest."""
    return replace(outcome, source=Path(outcome.source).name)


def demo_command(
    serve: Annotated[
        bool, typer.Option(help="Open the dashboard afterwards, where this version has one.")
    ] = True,
) -> None:
    """Analyse the sample memos and print what was heard."""
    from sottovoce.analysis.batch import Plan, analyze_many
    from sottovoce.cli.analyze import write_words
    from sottovoce.runtime import ASSETS

    typer.echo(WORDS, err=True)
    outcomes = analyze_many(sorted((ASSETS / "samples").glob("*.*")), Plan())
    failed = write_words(map(by_name, outcomes))
    if serve:
        typer.echo("This version has no dashboard yet; that was all.", err=True)
    raise typer.Exit(1 if failed else 0)
