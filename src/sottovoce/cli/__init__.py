"""The command line: data on standard output, all else on standard error."""

from sottovoce.cli.app import main

__all__ = ["main"]
