"""Androids (Tao, Esposito & Vinciarelli 2023): Italian, labels by psychiatrists, five folds.

A file is named ``01_CF56_1.wav``: number, condition (C or P), sex, age, education.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sottovoce.risk.corpora.tables import number, read_cells
from sottovoce.risk.interviews import Corpus, Interview, Turn, with_gaps
from sottovoce.training.errors import CorpusError

FOLDS = "fold-lists.csv"
TIMES = "interview_timedata.csv"
TASKS = {"Interview-Task": range(7, 12), "Reading-Task": range(5)}  # columns of the folds
NAMED = re.compile(r"^(?P<number>\d+)_(?P<kind>[CP])(?P<sex>[FM])(?P<age>\d{2})_\w+$")


def read_androids(folder: Path, task: str = "Interview-Task") -> Corpus:
    """One task of Androids; of interviews, the participant's turns by the corpus's own times.

    Raises
    ------
    CorpusError
        A file is not named as in that corpus, or an interview has no times.
    """
    fold_of = _folds(folder / FOLDS, TASKS[task])
    files = sorted((folder / task / "audio").rglob("*.wav"))
    times = _times(folder) if task == "Interview-Task" else None
    kept = [file for file in files if file.stem in fold_of]
    notes = tuple(
        f"androids: '{file.stem}' is in no fold, left out" for file in files if file not in kept
    )
    interviews = tuple(_interview(file, fold_of[file.stem], times) for file in kept)
    return Corpus("androids", interviews, "clinical", notes)


def _interview(file: Path, fold: str, times: Mapping[str, tuple[Turn, ...]] | None) -> Interview:
    named = NAMED.match(file.stem)
    if named is None:
        raise CorpusError(f"'{file}' is not named as in Androids, such as 01_CF56_1.wav")
    if times is not None and file.stem not in times:
        raise CorpusError(f"'{file}' has no times in '{TIMES}'")
    return Interview(
        person=f"androids_{named['number']}_{named['kind']}",
        audio=(file,),
        case=named["kind"] == "P",
        turns=times[file.stem] if times is not None else None,
        sex=named["sex"].lower(),
        age_years=int(named["age"]),
        fold=fold,
    )


def _folds(file: Path, columns: range) -> dict[str, str]:
    """File to its fold; names stand in quotes below two rows of headings."""
    fold_of = {}
    for row in read_cells(file):
        for fold, column in enumerate(columns, start=1):
            name = row[column].strip("'\" ") if column < len(row) else ""
            if NAMED.match(name):
                fold_of[name] = str(fold)
    if not fold_of:
        raise CorpusError(f"'{file}' names no files such as 01_CF56_1")
    return fold_of


def _times(folder: Path) -> dict[str, tuple[Turn, ...]]:
    """File to its turns: name, then start, end, start, end ... of the participant's, in seconds."""
    places = (folder / "Interview-Task" / TIMES, folder / TIMES)
    file = next((place for place in places if place.is_file()), places[0])
    found = {}
    for row in read_cells(file):
        cells = [number(cell, "time", file) for cell in row[1:] if cell]
        found[row[0].strip("'\" ")] = with_gaps(_turns(cells, row[0], file))
    return found


def _turns(times_s: Sequence[float], name: str, file: Path) -> list[Turn]:
    if len(times_s) % 2 or list(times_s) != sorted(times_s):
        raise CorpusError(f"'{file}' has times of '{name}' that are no starts and ends in order")
    return [Turn(*pair) for pair in zip(times_s[::2], times_s[1::2], strict=True)]
