"""The journal of the person at the keyboard, and the key to what is locked in it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sottovoce.config import Settings
    from sottovoce.journal.keys import Locksmith
    from sottovoce.journal.store import Journal


@contextmanager
def my_journal() -> "Iterator[Journal]":
    """Open the journal that the settings name, for the owner that they name."""
    from sottovoce.config import read_settings
    from sottovoce.journal.store import open_journal

    settings = read_settings()
    locksmith = locksmith_of(settings)
    with open_journal(settings.journal_url, settings.owner, locksmith=locksmith) as journal:
        yield journal


def locksmith_of(settings: "Settings") -> "Locksmith":
    """Who finds the key: with the passphrase, or with the keyring of the system."""
    from sottovoce.journal.keys import SPOKEN_IN, Locksmith, system_keyring

    named = SPOKEN_IN in os.environ
    return Locksmith(settings.home, spoken_passphrase, system_keyring, by_passphrase=named)


@cache
def spoken_passphrase(new: bool) -> str | None:
    """The passphrase: from the environment, else asked for where someone can answer; else None."""
    from sottovoce.journal.keys import SPOKEN_IN

    named = os.environ.get(SPOKEN_IN)
    if named or not sys.stdin.isatty():
        return named
    words = "A new passphrase for your journal" if new else "The passphrase of your journal"
    return str(typer.prompt(words, hide_input=True, confirmation_prompt=new, err=True))


def zone_here() -> str:
    """The zone of the machine."""
    from sottovoce.journal.moments import machine_zone

    return machine_zone()
