"""``sottovoce journal restore | erase``: bring back, or let go for good."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sottovoce.cli.opening import my_journal
from sottovoce.cli.portability import restore_backup

if TYPE_CHECKING:
    from sottovoce.journal.store import Journal

RESTORE_EPILOG = """\b
Examples:
  sottovoce journal restore 3f2a                  a deleted entry, within 30 days
  sottovoce journal restore --backup monday.db    the whole journal; the present one is set aside"""
ERASE_EPILOG = """\b
Examples:
  sottovoce journal erase 3f2a          an entry and its audio, now and for good
  sottovoce journal erase 3f2a --transcripts   only what you said in it; the entry stays
  sottovoce journal erase --transcripts        all kept transcripts, and nothing else
  sottovoce journal erase --examples    what the demonstration made up
  sottovoce journal erase --everything  all of it; prints a receipt

Exports and backups you made are yours, and stay where you put them."""


def add_leaving(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("restore", epilog=RESTORE_EPILOG)(restore_command)
    app.command("erase", epilog=ERASE_EPILOG)(erase_command)


def restore_command(
    keys: Annotated[list[str] | None, typer.Argument(help="Ids of deleted entries.")] = None,
    backup: Annotated[
        Path | None, typer.Option(help="Put a backup in the place of the whole journal.")
    ] = None,
) -> None:
    """Bring deleted entries back, or the whole journal from a backup."""
    if (backup is None) == (not keys):
        raise typer.BadParameter("name ids of deleted entries, or --backup FILE")
    with my_journal() as journal:
        if backup:
            restore_backup(journal, backup)
        else:
            typer.echo(f"restored {' '.join(journal.restore(keys or []))}", err=True)


def erase_command(
    keys: Annotated[list[str] | None, typer.Argument(help="Ids of entries.")] = None,
    examples: Annotated[bool, typer.Option("--examples", help="The example weeks.")] = False,
    everything: Annotated[bool, typer.Option("--everything", help="All you have here.")] = False,
    transcripts: Annotated[
        bool, typer.Option("--transcripts", help="Only kept transcripts: of those ids, or all.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase for good: entries, transcripts, the example weeks, or everything, with a receipt."""
    if [bool(keys or transcripts), examples, everything].count(True) != 1:
        raise typer.BadParameter("name ids, or --transcripts, or --examples, or --everything")
    if not examples and not yes:
        agree("What is erased cannot be brought back. Erase it?")
    from sottovoce.journal.erase import erase_for_good, erase_made_up

    with my_journal() as journal:
        if everything:
            write_receipt(journal)
        elif transcripts:
            typer.echo(let_words_go(journal, keys), err=True)
        elif examples:
            typer.echo(f"{erase_made_up(journal)} example entries erased", err=True)
        else:
            typer.echo(f"erased {' '.join(erase_for_good(journal, keys or []))}", err=True)


def let_words_go(journal: "Journal", keys: list[str] | None) -> str:
    """Erase kept transcripts, of some entries or all; says what was erased."""
    from sottovoce.journal.erase import erase_all_words, erase_words

    if keys:
        return f"erased the transcripts of {' '.join(erase_words(journal, keys))}"
    return f"{erase_all_words(journal)} transcripts erased; their entries stay"


def agree(question: str) -> None:
    """Ask, where someone can answer; refuse where nobody can.

    Raises
    ------
    BadParameter
        Nobody is there, and ``--yes`` was not given.
    """
    if not sys.stdin.isatty():
        raise typer.BadParameter("this cannot be undone; add --yes to mean it")
    typer.confirm(question, abort=True, err=True)


def write_receipt(journal: "Journal") -> None:
    """Erase everything; the receipt goes to standard output."""
    from sottovoce.alerting.forgetting import forget_alerts
    from sottovoce.cli.recovering import delete_left_behind
    from sottovoce.config import read_settings
    from sottovoce.journal.erase import erase_everything

    forget_alerts(read_settings().home)
    receipt, recordings = asdict(erase_everything(journal)), delete_left_behind()
    erased_at = receipt["erased_at"].isoformat()
    typer.echo(json.dumps({**receipt, "erased_at": erased_at, "recordings": recordings}))
    typer.echo("everything is erased; exports and backups you made are not touched", err=True)
