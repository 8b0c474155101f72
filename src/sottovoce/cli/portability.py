"""``sottovoce journal export | import | backup | encrypt | decrypt``: out of here, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sottovoce.cli.opening import locksmith_of, my_journal

if TYPE_CHECKING:
    from sottovoce.journal.store import Journal

EXPORT_EPILOG = """\b
Examples:
  sottovoce journal export everything.zip                JSON lines, a table, kept audio
  sottovoce journal export observations.ndjson --format fhir   FHIR R4 Observations"""

Force = Annotated[bool, typer.Option("--force", help="Replace the file.")]


def add_portability(app: typer.Typer) -> None:
    """Add the commands that take a journal out and bring it back."""
    app.command("export", epilog=EXPORT_EPILOG)(export_command)
    app.command("import", epilog="Example: sottovoce journal import everything.zip")(import_command)
    app.command("backup", epilog="Example: sottovoce journal backup monday.db")(backup_command)
    app.command("encrypt", epilog="Example: sottovoce journal encrypt")(encrypt_command)
    app.command("decrypt", epilog="Example: sottovoce journal decrypt")(decrypt_command)


def export_command(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    format_name: Annotated[
        str, typer.Option("--format", help="zip (everything) or fhir (Observations).")
    ] = "zip",
    audio: Annotated[bool, typer.Option(help="With kept audio and transcripts, unlocked.")] = True,
    force: Force = False,
) -> None:
    """Write everything you have into one zip: JSON lines, a table, kept audio, checksums."""
    from sottovoce.journal.archive import export_journal
    from sottovoce.journal.fhir import export_fhir

    if format_name not in ("zip", "fhir"):
        raise typer.BadParameter(f"'{format_name}' is neither zip nor fhir")
    refuse_to_replace(file, force)
    with my_journal() as journal:
        if format_name == "fhir":
            counts = {"observations": export_fhir(journal, file)}
        else:
            counts = export_journal(journal, file, audio=audio)
    typer.echo(f"wrote {counted(counts)} to '{file}'; whoever has it can read it", err=True)


def import_command(
    file: Annotated[Path, typer.Argument(help="A zip that `journal export` wrote.")],
) -> None:
    """Add everything from an export; what is in your journal already stays as it is."""
    from sottovoce.journal.unpack import import_journal

    with my_journal() as journal:
        found = import_journal(journal, file)
    typer.echo(f"{found.added} entries added, {found.already_there} were there already", err=True)


def backup_command(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    force: Force = False,
) -> None:
    """Copy the journal as it is now, also while other programs use it."""
    from sottovoce.journal.backup import backup_journal

    refuse_to_replace(file, force)
    with my_journal() as journal:
        backup_journal(journal.place, file)
    typer.echo(f"copied to '{file}'; back: sottovoce journal restore --backup '{file}'", err=True)


def encrypt_command() -> None:
    """Encrypt the whole journal (extra `encrypted`); its key goes where the key of audio is."""
    from sottovoce.config import read_settings
    from sottovoce.journal.whole import encrypt_journal

    settings = read_settings()
    if settings.journal_server:
        raise typer.BadParameter("a journal on PostgreSQL is encrypted by its server")
    sealed = encrypt_journal(settings.journal_file, locksmith_of(settings))
    typer.echo(f"'{sealed}' is encrypted; without its key nobody reads it, you included", err=True)


def decrypt_command() -> None:
    """Make the whole journal plain again; kept audio stays encrypted."""
    from sottovoce.config import read_settings
    from sottovoce.journal.whole import decrypt_journal

    settings = read_settings()
    if settings.journal_server:
        raise typer.BadParameter("a journal on PostgreSQL is encrypted by its server")
    file = decrypt_journal(settings.journal_file, locksmith_of(settings))
    typer.echo(f"'{file}' is plain now; whoever has it can read it", err=True)


def restore_backup(journal: "Journal", backup: Path) -> None:
    """Put a backup in the journal's place, the present journal set aside beside it."""
    from sottovoce.journal.backup import file_of, restore_journal

    aside = file_of(journal.place).with_name(f"before-restore-{journal.clock():%Y%m%dT%H%M%SZ}.db")
    restore_journal(journal.place, backup, aside)
    typer.echo(f"restored; undo: sottovoce journal restore --backup '{aside}'", err=True)


def write_audio(journal: "Journal", entry_id: str, target: Path) -> None:
    """Write the kept audio of an entry to a file that is not there yet."""
    from sottovoce.journal.files import appearing

    refuse_to_replace(target, force=False)
    with appearing(target) as part, part.open("wb") as file:
        file.writelines(journal.sound(entry_id))
    typer.echo(f"wrote its audio to '{target}'", err=True)


def write_transcript(journal: "Journal", entry_id: str, target: Path) -> None:
    """Write the kept transcript of an entry to a file that is not there yet."""
    from sottovoce.journal.files import appearing

    refuse_to_replace(target, force=False)
    with appearing(target) as part:
        part.write_text(journal.transcript(entry_id), encoding="utf-8")
    typer.echo(f"wrote its transcript to '{target}'", err=True)


def refuse_to_replace(file: Path, force: bool) -> None:
    """A file that is there is not written over unless that is asked for."""
    if file.exists() and not force:
        raise typer.BadParameter(f"'{file}' is there already; name another, or add --force")


def counted(counts: dict[str, int]) -> str:
    """Counts in words.

    >>> counted({"entries": 3, "checkins": 0})
    '3 entries'
    """
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "an empty journal"
