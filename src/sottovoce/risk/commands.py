"""``sottovoce train risk`` and the like: added to the command line by entry point."""

import typer


def add_commands(app: typer.Typer) -> None:
    """Add the wing's commands to the app."""
