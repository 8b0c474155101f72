"""A folder with ``labels.csv`` or ``manifest.csv``, or such a file itself: the plain way in.

Columns: path, speaker, emotion, and sex, language, sentence, intensity, corpus where known. RAVDESS
is passed around as such a table with sentences like ``stmt1_int2_rep1``, which holds the intensity
and the take as well; these are taken apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip, Manifest, read_manifest

TABLES = ("labels.csv", "manifest.csv")
RAVDESS_SENTENCE = re.compile(r"^stmt(?P<statement>\d)_int(?P<intensity>\d)_rep\d$")


@dataclass(frozen=True)
class Table:
    """A CSV that lists the clips."""

    name: str = "csv"
    example: str = "labels.csv"

    def fits(self, folder: Path) -> bool:
        """Whether the folder holds such a table, or is one."""
        return _table(folder) is not None

    def read(self, folder: Path, labels: Mapping[str, str]) -> Manifest:
        """All rows of the table."""
        file = _table(folder)
        if file is None:
            raise CorpusError(f"'{folder}' holds no {' or '.join(TABLES)}")
        manifest = read_manifest(file, labels)
        if not manifest.clips:
            raise CorpusError(f"'{file}' lists no clips")
        return replace(manifest, clips=tuple(_tidy(clip) for clip in manifest.clips))


def _table(folder: Path) -> Path | None:
    files = (folder, *(folder / name for name in TABLES))
    return next((file for file in files if file.suffix == ".csv" and file.is_file()), None)


def _tidy(clip: Clip) -> Clip:
    found = RAVDESS_SENTENCE.match(clip.sentence or "")
    if found is None:
        return clip
    intensity = "strong" if found["intensity"] == "2" else "normal"
    return replace(clip, sentence=f"0{found['statement']}", intensity=intensity)


TABLE = Table()
