"""Folders that are whole or not there."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files; the one that was there is replaced when the new one is whole.

    Parameters
    ----------
    folder
        Where; the folders above it are made.
    files
        Path inside the folder to its content.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        for name, content in files.items():
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            (unfinished / name).write_bytes(content)
        unfinished.chmod(0o755)
        _replace(folder, unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _replace(folder: Path, new: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
