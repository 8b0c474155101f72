"""What was fitted is kept by what it was fitted on: a run that was cut short goes on."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sottovoce.training.files import write_whole

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class FitStore:
    """A folder of weights, as numpy files."""

    folder: Path

    def kept(self, key: str, make: Callable[[], Arrays]) -> Arrays:
        """The weights kept under a key; made and kept where there are none."""
        file = self.folder / f"{key}.npz"
        if file.is_file():
            with np.load(file, allow_pickle=False) as found:
                return {name: found[name] for name in found.files}
        made = make()
        write_whole(file, lambda stream: np.savez(stream, allow_pickle=False, **made))
        return made


def fit_key(settings: str, *arrays: npt.NDArray[Any]) -> str:
    """A name that changes with the settings and with the values, types and shapes of the arrays.

    >>> fit_key("a", np.zeros(2)) == fit_key("a", np.zeros(3))
    False
    """
    digest = hashlib.sha256(settings.encode())
    for array in arrays:
        digest.update(f"|{array.dtype}{array.shape}|".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
