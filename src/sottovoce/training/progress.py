"""A progress bar with the time left, on standard error, where someone looks."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")


def watched(items: Sequence[Item], what: str) -> Iterator[Item]:
    """The same items, counted on a bar when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    yield from track(items, what, console=Console(stderr=True), transient=True)
