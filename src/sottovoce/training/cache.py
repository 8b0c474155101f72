"""Features are computed once: kept by what was heard and by the code that heard it.

The key is made of the SHA-256 of the file's bytes, the version of the feature code and the name of
a variant (``""`` for the clip as it is, or how it was changed). Files appear whole or not at all,
so a killed run leaves nothing to trip over and two runs may share a folder.
"""

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from sottovoce.runtime import file_sha256
from sottovoce.training.files import write_whole
from sottovoce.training.heard import Heard

Describe = Callable[[Path], Heard]


@dataclass(frozen=True, slots=True)
class FeatureCache:
    """A folder of features made by one version of the feature code."""

    folder: Path
    version: str

    def key(self, clip: Path, variant: str = "") -> str:
        """Name of a clip's features: changes with its bytes, the version and the variant."""
        parts = "\0".join((file_sha256(clip), self.version, variant))
        return hashlib.sha256(parts.encode()).hexdigest()

    def get(self, key: str) -> Heard | None:
        """What is kept under a key, or None when there is nothing that can be read."""
        try:
            with self._file(key).open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
                return Heard(**{field.name: kept[field.name] for field in fields(Heard)})
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def put(self, key: str, heard: Heard) -> None:
        """Keep what was heard of a clip; it may be nothing."""
        arrays = {field.name: getattr(heard, field.name) for field in fields(Heard)}
        write_whole(self._file(key), lambda stream: np.savez(stream, **arrays))

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.npz"


def cached(describe: Describe, cache: FeatureCache, variant: str = "") -> Describe:
    """The same description of a clip, computed only the first time.

    Parameters
    ----------
    describe
        Path to what is heard of the clip.
    cache
        Where they are kept.
    variant
        What ``describe`` does to the clip first, where it does anything.
    """

    def described(clip: Path) -> Heard:
        key = cache.key(clip, variant)
        known = cache.get(key)
        if known is None:
            known = describe(clip)
            cache.put(key, known)
        return known

    return described
