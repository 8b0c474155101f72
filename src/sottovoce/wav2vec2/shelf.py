"""A model's folder appears whole or not at all, and a replaced one is there until its successor is.

Unfinished folders lie in a hidden one inside the models folder, each named after the process that
writes it, out of the sight of ``models list``. A finished one is renamed into place. A model that
is replaced rests under another name while that happens, where ``models.registry`` still finds it;
what was interrupted is put right by the next import.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sottovoce.errors import ModelError
from sottovoce.models.registry import resting_folder, resting_folders

UNFINISHED = ".unfinished"
DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def shelved(models_folder: Path, name: str) -> Iterator[Path]:
    """A new folder to write a model into; on leaving it becomes the model called ``name``.

    Raises
    ------
    ModelError
        The disk is full, or the folder may not be written; nothing is left behind.
    """
    place = models_folder / UNFINISHED
    try:
        scratch = _begin(models_folder, place)
        try:
            folder = scratch / name
            folder.mkdir()
            yield folder
            _sync(folder)
            _finish(models_folder, folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            with suppress(OSError):  # another import is under way in it
                place.rmdir()
    except OSError as trouble:
        raise _told(trouble, models_folder) from trouble


def settle(models_folder: Path) -> None:
    """Finish replacements that were interrupted: bring back what rests, or let it go."""
    for name, resting in resting_folders(models_folder).items():
        if (models_folder / name).exists():
            shutil.rmtree(resting, ignore_errors=True)
        else:
            resting.rename(models_folder / name)


def clear_abandoned(place: Path) -> None:
    """Remove what processes that are no more have left."""
    for folder in place.glob("*-*"):
        owner = folder.name.split("-")[0]
        if owner.isdecimal() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(models_folder: Path) -> Iterator[None]:
    """Keep other imports from moving folders at the same time."""
    handle = os.open(models_folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _begin(models_folder: Path, place: Path) -> Path:
    models_folder.mkdir(parents=True, exist_ok=True)
    with _alone(models_folder):
        settle(models_folder)
        clear_abandoned(place)
        place.mkdir(exist_ok=True)
        return Path(tempfile.mkdtemp(dir=place, prefix=f"{os.getpid()}-"))


def _finish(models_folder: Path, folder: Path) -> None:
    target = models_folder / folder.name
    resting = resting_folder(target)
    with _alone(models_folder):
        settle(models_folder)
        if target.exists():
            target.rename(resting)
        folder.rename(target)
        shutil.rmtree(resting, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync(folder: Path) -> None:
    for path in filter(Path.is_file, folder.rglob("*")):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _told(trouble: OSError, models_folder: Path) -> ModelError:
    if trouble.errno in DISK_ERRORS:
        return ModelError(
            f"there is not enough room for the model in '{models_folder}'; nothing was left there"
        )
    return ModelError(f"the model could not be written to '{models_folder}': {trouble.strerror}")
