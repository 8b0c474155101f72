"""``sottovoce journal``: what you kept, and what you can do with it."""

from pathlib import Path
from typing import Annotated

import typer

from sottovoce.cli.leaving import add_leaving
from sottovoce.cli.opening import my_journal, zone_here
from sottovoce.cli.portability import add_portability

EPILOG = """\b
Examples:
  sottovoce journal list                       the newest twenty
  sottovoce journal show 3f2a                  one of them, by the beginning of its id
  sottovoce journal edit 3f2a --note "after the talk" --tag work
  sottovoce journal delete 3f2a                can be restored for 30 days
  sottovoce journal export everything.zip      all of it, to keep or to move
  sottovoce journal erase --examples           remove what the demonstration made up

Nothing here is ever sent anywhere. Example weeks are marked as such."""

Ids = Annotated[list[str], typer.Argument(help="Ids of entries, or how they begin.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

journal_app = typer.Typer(
    help="Your kept memos: list, change, delete, export, erase.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog=EPILOG,
)


@journal_app.command("list", epilog="Example: sottovoce journal list --limit 50")
def list_command(
    limit: Annotated[int, typer.Option(min=1, help="How many, the newest first.")] = 20,
    deleted: Annotated[bool, typer.Option("--deleted", help="Those that can be restored.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the newest entries."""
    from sottovoce.cli.entries import as_lines, as_table

    with my_journal() as journal:
        entries = journal.latest(limit, deleted=deleted)
    (as_lines if as_json else as_table)(entries)


@journal_app.command("show", epilog="Example: sottovoce journal show 3f2a --json")
def show_command(
    key: Annotated[str, typer.Argument(metavar="ID", help="An id, or how it begins.")],
    as_json: AsJson = False,
    audio: Annotated[Path | None, typer.Option(help="Write its kept audio to this file.")] = None,
    transcript: Annotated[
        Path | None, typer.Option(help="Write its kept transcript to this file (json).")
    ] = None,
) -> None:
    """Show one entry with everything it holds."""
    from sottovoce.cli.entries import as_lines, in_words
    from sottovoce.cli.portability import write_audio, write_transcript

    with my_journal() as journal:
        entry = journal.entry(key)
        if audio:
            write_audio(journal, entry.id, audio)
        if transcript:
            write_transcript(journal, entry.id, transcript)
    as_lines([entry]) if as_json else in_words(entry)


@journal_app.command("edit", epilog='Example: sottovoce journal edit 3f2a --tag work --note ""')
def edit_command(
    key: Annotated[str, typer.Argument(metavar="ID", help="An id, or how it begins.")],
    note: Annotated[str | None, typer.Option(help="A new note; empty takes it away.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Add a tag; repeatable.")] = None,
    untag: Annotated[list[str] | None, typer.Option(help="Take a tag away; repeatable.")] = None,
    recorded_at: Annotated[
        str | None, typer.Option(help="When it was spoken, such as 2026-03-29T08:15.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone of that, if not this one.")] = None,
) -> None:
    """Change an entry's note, tags or time; what the voice gave stays as it is."""
    from sottovoce.journal.changing import Edit
    from sottovoce.journal.moments import moment_from_words

    moment = moment_from_words(recorded_at, zone or zone_here()) if recorded_at else None
    edit = Edit(note, tuple(tag or ()), tuple(untag or ()), moment)
    if edit == Edit():
        raise typer.BadParameter("say what to change: --note, --tag, --untag or --recorded-at")
    with my_journal() as journal:
        entry = journal.edit(key, edit)
    typer.echo(f"changed {entry.id}", err=True)


@journal_app.command("delete", epilog="Example: sottovoce journal delete 3f2a 91bc")
def delete_command(keys: Ids) -> None:
    """Delete entries; for 30 days they can be restored."""
    with my_journal() as journal:
        journal.purge()
        ids = journal.delete(keys)
    named = " ".join(ids)
    typer.echo(f"deleted {named}; undo within 30 days: sottovoce journal restore {named}", err=True)


add_leaving(journal_app)
add_portability(journal_app)
