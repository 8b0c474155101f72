"""Command lines as the real command reads them, without doing what they say."""

from typing import Any

import typer
import typer.main
from typer.core import TyperGroup

from sottovoce.cli.app import app

WrongLine = typer.BadParameter.__bases__[0]
"""What reading a wrong command line raises: the usage error of Typer."""


def read_line(*words: str) -> None:
    """Have the command read its words.

    Raises
    ------
    WrongLine
        It does not know one of them.
    """
    parse(typer.main.get_command(app), list(words), "sottovoce")


def parse(command: Any, words: list[str], name: str) -> None:
    """Read the words of a command, and of the command within it."""
    context = command.make_context(name, list(words))
    if isinstance(command, TyperGroup):
        left = [*context._protected_args, *context.args]
        found, inner, rest = command.resolve_command(context, left)
        assert inner is not None
        parse(inner, rest, str(found))
