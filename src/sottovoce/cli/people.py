"""``sottovoce people``: accounts, where one service is for many."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sottovoce.journal.store import Journal

people_app = typer.Typer(
    help="Accounts, where one service is for many people (`sottovoce serve --people`).",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog="Example: sottovoce people add ada    the password is asked for, or read from a pipe",
)

MOST_NAMED = 20
Name = Annotated[str, typer.Argument(help="Small letters, digits, dot, hyphen, underscore.")]


@people_app.command("add")
def add_command(name: Name) -> None:
    """Make an account."""
    from sottovoce.journal.accounts import put_account

    kept = asked_password()
    with journal_of(name) as journal, journal.writing() as owned:
        if not put_account(owned, kept, journal.clock()):
            raise typer.BadParameter(f"'{name}' has an account already")
    typer.echo(f"'{name}' may enter now", err=True)


@people_app.command("password")
def password_command(name: Name) -> None:
    """Give an account another password."""
    from sottovoce.journal.accounts import change_password

    kept = asked_password()
    with journal_of(name) as journal, journal.writing() as owned:
        if not change_password(owned, kept):
            raise typer.BadParameter(f"'{name}' has no account")
    typer.echo(f"'{name}' has another password now", err=True)


@people_app.command("remove")
def remove_command(name: Name) -> None:
    """Take an account and its tokens away; the journal stays until it is erased."""
    from sottovoce.journal.accounts import drop_account

    with journal_of(name) as journal, journal.writing() as owned:
        if not drop_account(owned):
            raise typer.BadParameter(f"'{name}' has no account")
    typer.echo(f"'{name}' may not enter any more", err=True)


@people_app.command("visits")
def visits_command(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, help="How many, the newest first.")] = 50,
) -> None:
    """List who came to an account, and check the chain of all its visits.

    Ends with 1 where a visit was changed or removed since. Visits cut off at the newest end do not
    show.
    """
    from sottovoce.journal.accounts import broken_visits, find_visits
    from sottovoce.journal.wire import instant_to_wire

    with journal_of(name) as journal, journal.reading() as owned:
        for visit in find_visits(owned, limit):
            words = (instant_to_wire(visit.at), visit.asked, visit.about or "-", visit.by)
            typer.echo("\t".join((*words, str(visit.status))))
        broken = list(broken_visits(owned))
    if broken:
        numbers = ", ".join(map(str, broken[:MOST_NAMED]))
        typer.echo(f"visits were changed or removed; the chain breaks at {numbers}", err=True)
        raise typer.Exit(1)
    typer.echo("no visit was changed", err=True)


@contextmanager
def journal_of(name: str) -> "Iterator[Journal]":
    """The journal of an account's owner."""
    import re

    from sottovoce.cli.opening import locksmith_of
    from sottovoce.config import read_settings
    from sottovoce.journal.store import open_journal
    from sottovoce.server.schemas.access import NAME

    if not re.fullmatch(NAME, name):
        raise typer.BadParameter(f"'{name}' is no name; use small letters, digits, . - or _")
    settings = read_settings()
    locksmith = locksmith_of(settings)
    with open_journal(settings.journal_url, name, locksmith=locksmith) as journal:
        yield journal


def asked_password() -> str:
    """The hash of a password that was typed, or came through a pipe."""
    from sottovoce.server.people.passwords import check_password, hash_password

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    check_password(password)
    return hash_password(password)
