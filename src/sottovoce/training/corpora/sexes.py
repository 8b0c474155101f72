"""Corpora that keep the sex of their speakers in a table beside the recordings."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import SEXES, Sex


@dataclass(frozen=True)
class SexTable:
    """Where the table is and what its columns are called."""

    file_name: str
    speaker_column: str
    sex_column: str
    delimiter: str = ","

    def read(self, folder: Path) -> dict[str, Sex]:
        """Speaker (as in the file names) to sex; empty where there is no such table.

        The folder itself is looked at, then the one above: people name either.

        Raises
        ------
        CorpusError
            The table lacks one of its columns.
        """
        for place in (folder, folder.parent):
            if (place / self.file_name).is_file():
                return self._read(place / self.file_name)
        return {}

    def _read(self, file: Path) -> dict[str, Sex]:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, delimiter=self.delimiter)
            for name in (self.speaker_column, self.sex_column):
                if name not in (reader.fieldnames or ()):
                    raise CorpusError(f"'{file}' has no column {name}")
            rows = [(row[self.speaker_column], row[self.sex_column].lower()) for row in reader]
        return {speaker: SEXES[sex] for speaker, sex in rows if sex in SEXES}
