"""What becomes of a recording once it is heard: into the journal, into a file, or nowhere."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sottovoce.analysis.live import LiveSession
    from sottovoce.audio.reel import Reel
    from sottovoce.domain import Analysis


@dataclass(frozen=True, slots=True)
class Ending:
    """What was asked for: to save the analysis, with note and tags; to write the sound; to delete.

    With none of them a person is asked.
    """

    save: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    output: Path | None = None
    discard: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing was asked for."""
        return not (self.save or self.output or self.discard)


def conclude(reel: "Reel", session: "LiveSession", ending: "Ending", as_json: bool) -> None:
    """Say how it sounded, on standard output, then settle what becomes of the sound."""
    from sottovoce.analysis.events import Summary
    from sottovoce.cli.analyze import write_json, write_words
    from sottovoce.cli.recovering import RECOVER

    if not reel.duration_s:
        reel.delete()
        typer.echo("nothing was recorded", err=True)
        return
    summaries = (event.analysis for event in session.finish() if isinstance(event, Summary))
    analysis = next(summaries)
    (write_json if as_json else write_words)([analysis])
    settled = False
    try:
        settled = settle(reel, analysis, ending)
    finally:
        if not settled:
            typer.echo(f"sottovoce: the sound is still here: {RECOVER}", err=True)


def settle(reel: "Reel", analysis: "Analysis", ending: Ending) -> bool:
    """Do what was asked for, and delete the reel; it stays if that fails or nobody answers.

    Returns whether it was settled.
    """
    if ending.open and not sys.stdin.isatty():
        return False
    if ending.open:
        ending = asked(ending)
    if ending.output:
        reel.write_wav(ending.output)
        typer.echo(f"the sound is in '{ending.output}'", err=True)
    if ending.save:
        save(analysis, ending)
    reel.delete()
    return True


def asked(ending: Ending) -> Ending:
    """Ask the person, until they say."""
    question = "Save to the journal, write the sound to a file, or discard? [s/w/d]"
    answer = typer.prompt(question, err=True)
    match answer.strip().casefold()[:1]:
        case "s":
            return replace(ending, save=True)
        case "w":
            return replace(ending, output=Path(typer.prompt("File (.wav)", err=True)))
        case "d":
            return replace(ending, discard=True)
        case _:
            return asked(ending)


def save(analysis: "Analysis", ending: Ending) -> None:
    """Keep the analysis in the journal."""
    from sottovoce.cli.opening import my_journal
    from sottovoce.cli.saving import Wish, keep, tell

    with my_journal() as journal:
        journal.purge()
        tell(keep(journal, analysis, Wish(ending.note, ending.tags)), analysis.source)
