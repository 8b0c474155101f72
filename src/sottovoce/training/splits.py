"""Published splits, read so that they can be audited without their audio.

Two forms exist: a CSV with ``path`` and ``test_fold`` (the clip is tested in that fold and trained
on in all others), and the pairs of files of EmoBox, ``fold_1/NAME_train_fold_1.jsonl`` and
``..._test_...`` (JSON lines, or one JSON object by key; the file is under ``wav`` or ``audio``).
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from sottovoce.training.errors import CorpusError
from sottovoce.training.leaks import LeakReport, find_leaks
from sottovoce.training.manifest import Clip

Parse = Callable[[PurePath], Clip | None]

PAIRED = re.compile(r"^(?P<head>.+)_(?P<part>train|test)_(?P<fold>fold_?\d+)$")
FILE_KEYS = ("wav", "audio")


@dataclass(frozen=True, slots=True)
class PublishedFold:
    """The files of one fold, as somebody published it."""

    name: str
    train: tuple[PurePath, ...]
    test: tuple[PurePath, ...]


def read_split(source: Path) -> tuple[PublishedFold, ...]:
    """The folds of a published split: a CSV, or a folder of EmoBox files.

    Raises
    ------
    CorpusError
        Nothing there can be read as a split.
    """
    folds = read_emobox(source) if source.is_dir() else from_table(read_fold_table(source))
    if not folds:
        raise CorpusError(f"'{source}' holds no pair of files such as NAME_train_fold_1.jsonl")
    return folds


def read_fold_table(file: Path) -> dict[PurePath, str]:
    """File to the fold it is tested in, from a CSV with ``path`` and ``test_fold``.

    Raises
    ------
    CorpusError
        The file cannot be read, or lacks these columns.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return {PurePath(row["path"]): row["test_fold"] for row in csv.DictReader(stream)}
    except OSError as trouble:
        raise CorpusError(f"'{file}' cannot be read as a table of folds: {trouble}") from trouble
    except KeyError as trouble:
        raise CorpusError(f"'{file}' has no column {trouble.args[0]}") from trouble


def from_table(tested_in: Mapping[PurePath, str]) -> tuple[PublishedFold, ...]:
    """Folds from a table: tested in one, trained on in all others.

    >>> table = {PurePath("a.wav"): "1", PurePath("b.wav"): "2"}
    >>> [fold.name for fold in from_table(table)]
    ['1', '2']
    """
    return tuple(
        PublishedFold(
            name=name,
            train=tuple(path for path, fold in tested_in.items() if fold != name),
            test=tuple(path for path, fold in tested_in.items() if fold == name),
        )
        for name in sorted(set(tested_in.values()))
    )


def read_emobox(folder: Path) -> tuple[PublishedFold, ...]:
    """Folds of an EmoBox corpus folder, JSON lines before JSON where a fold has both.

    EmoDB has both ``fold1`` and ``fold_1``; they are different splits and stay apart.
    """
    parts: defaultdict[str, dict[str, tuple[PurePath, ...]]] = defaultdict(dict)
    for file in (*sorted(folder.rglob("*.jsonl")), *sorted(folder.rglob("*.json"))):
        found = PAIRED.match(file.stem)
        if found and found["part"] not in parts[found["fold"]]:
            parts[found["fold"]][found["part"]] = _read_files(file)
    return tuple(
        PublishedFold(name, both["train"], both["test"])
        for name, both in sorted(parts.items())
        if both.keys() == {"train", "test"}
    )


def audit(folds: Iterable[PublishedFold], parse: Parse) -> dict[str, LeakReport]:
    """What each fold leaks, judged by the file names alone.

    Parameters
    ----------
    folds
        From :func:`read_split`.
    parse
        A file name's speaker and sentence: the ``parse`` of the corpus's adapter.

    Raises
    ------
    CorpusError
        A file is not named as in that corpus.
    """
    return {
        fold.name: find_leaks(
            [_named(path, parse) for path in fold.train],
            [_named(path, parse) for path in fold.test],
        )
        for fold in folds
    }


def _named(path: PurePath, parse: Parse) -> Clip:
    clip = parse(path)
    if clip is None:
        raise CorpusError(f"'{path}' is not named as in that corpus")
    return clip


def _read_files(file: Path) -> tuple[PurePath, ...]:
    try:
        return tuple(PurePath(_file_of(row)) for row in _json_rows(file))
    except (OSError, ValueError, KeyError, AttributeError) as trouble:
        raise CorpusError(f"'{file}' cannot be read as an EmoBox fold: {trouble}") from trouble


def _json_rows(file: Path) -> list[dict[str, Any]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return list(json.loads(text).values())


def _file_of(row: Mapping[str, Any]) -> str:
    for key in FILE_KEYS:
        if key in row:
            return str(row[key])
    raise KeyError(f"no {' or '.join(FILE_KEYS)}")
