"""A model's folder appears whole or not at all; what was interrupted is cleared away next time.

Unfinished folders lie beside the models folder, on the same disk and out of the sight of
``models list``, each named after the process that writes it. A finished one is renamed into place.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sottovoce.errors import ModelError, SottovoceError

UNFINISHED = ".unfinished-models"
DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def shelved(models_folder: Path, name: str) -> Iterator[Path]:
    """A new folder to write a model into; on leaving it becomes the model called ``name``.

    Raises
    ------
    ModelError
        The disk is full, or the folder may not be written; nothing is left behind.
    """
    place = models_folder.parent / UNFINISHED
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        clear_abandoned(place)
        place.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place, prefix=f"{os.getpid()}-") as scratch:
            folder = Path(scratch) / name
            folder.mkdir()
            yield folder
            _sync(folder)
            _put(folder, models_folder / name, Path(scratch) / "before")
    except SottovoceError:
        raise
    except OSError as trouble:
        raise _told(trouble, models_folder) from trouble


def clear_abandoned(place: Path) -> None:
    """Remove what processes that are no more have left."""
    for folder in place.glob("*-*"):
        owner = folder.name.split("-")[0]
        if owner.isdecimal() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _put(folder: Path, target: Path, before: Path) -> None:
    if target.exists():
        target.rename(before)
    folder.rename(target)


def _told(trouble: OSError, models_folder: Path) -> ModelError:
    if trouble.errno in DISK_ERRORS:
        return ModelError(
            f"there is not enough room for the model in '{models_folder}'; nothing was left there"
        )
    return ModelError(f"the model could not be written to '{models_folder}': {trouble.strerror}")
