"""Files that appear whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sottovoce.journal.errors import DiskFullError, ReadOnlyError

PART = ".part"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A path to write to; what was written takes the target's name once it is safe on the disk.

    For its owner's eyes only; nothing is left behind where the block fails.

    Raises
    ------
    DiskFullError, ReadOnlyError
        It could not be written; what was at the target before is still there.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}{PART}")
    try:
        with writable(target):
            os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            yield part
            settle(part)
            part.replace(target)
            settle(target.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def writable(target: Path) -> Iterator[None]:
    """Tell what the file system refuses in one sentence."""
    try:
        yield
    except OSError as fault:
        if fault.errno in NO_ROOM:
            raise DiskFullError(f"'{target}' could not be written: the disk is full") from fault
        raise ReadOnlyError(f"'{target}' could not be written ({fault.strerror})") from fault


def settle(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
