"""Files that are whole or not there."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_whole(file: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a temporary file beside ``file``, then put it in its place.

    A process killed meanwhile, or another that writes the same, leaves no half file behind that
    name.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished, name = tempfile.mkstemp(dir=file.parent, suffix=".unfinished")
    try:
        with os.fdopen(unfinished, "wb") as stream:
            write(stream)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
