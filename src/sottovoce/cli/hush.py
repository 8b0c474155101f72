"""Silence for libraries that write to the terminal past Python: PortAudio and ALSA do.

Inside the block ``sys.stderr`` still reaches the person; what libraries print goes nowhere.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hushed() -> Iterator[None]:
    """Let nothing but Python write to standard error."""
    sys.stderr.flush()
    ours, before = os.dup(2), sys.stderr
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        with os.fdopen(os.dup(ours), "w", encoding=before.encoding, buffering=1) as sys.stderr:
            yield
    finally:
        sys.stderr = before
        os.dup2(ours, 2)
        os.close(ours)
