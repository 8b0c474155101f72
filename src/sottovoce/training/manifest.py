"""The one table that every corpus becomes: which file, whose voice, which emotion.

A manifest is a CSV with a header; ``path``, ``speaker`` and ``emotion`` are required, paths are
relative to the CSV's folder (or absolute), and empty cells mean "not known".
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sottovoce.training.errors import CorpusError
from sottovoce.training.labels import SYNONYMS, align_label

Sex = Literal["f", "m"]

COLUMNS = ("path", "speaker", "emotion", "sex", "language", "sentence", "intensity", "corpus")
REQUIRED = COLUMNS[:3]
ALIASES = {"text_or_sentence_id": "sentence", "source": "corpus", "gender": "sex", "file": "path"}
SEXES: Mapping[str, Sex] = {"f": "f", "female": "f", "m": "m", "male": "m"}


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled recording.

    ``speaker`` begins with the corpus's name, so that speakers of different corpora never share an
    identity by accident. ``sex`` ("f" or "m"), ``language`` (ISO 639-1), ``sentence`` (the text or
    its number) and ``intensity`` (the corpus's own word) are None where the corpus does not say.
    """

    path: Path
    speaker: str
    emotion: str
    sex: Sex | None = None
    language: str | None = None
    sentence: str | None = None
    intensity: str | None = None
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The clips of one or several corpora, and what was left out of them and why."""

    clips: tuple[Clip, ...]
    notes: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everyone who speaks, each once, sorted."""
        return tuple(sorted({clip.speaker for clip in self.clips}))

    @property
    def emotions(self) -> tuple[str, ...]:
        """The labels that occur, each once, sorted."""
        return tuple(sorted({clip.emotion for clip in self.clips}))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many clips each label has."""
        return Counter(clip.emotion for clip in self.clips)


def join(manifests: Iterable[Manifest]) -> Manifest:
    """Several corpora as one manifest, in the given order.

    >>> a, b = Clip(Path("a.wav"), "x_1", "sad"), Clip(Path("b.wav"), "y_1", "happy")
    >>> join([Manifest((a,)), Manifest((b,), ("one left out",))]).emotions
    ('happy', 'sad')
    """
    parts = tuple(manifests)
    return Manifest(
        clips=tuple(clip for part in parts for clip in part.clips),
        notes=tuple(note for part in parts for note in part.notes),
    )


def speaker_name(corpus: str, speaker: str) -> str:
    """The speaker's name with the corpus's in front, once.

    >>> speaker_name("savee", "DC"), speaker_name("savee", "savee_DC")
    ('savee_DC', 'savee_DC')
    """
    prefix = f"{corpus}_"
    return speaker if speaker.startswith(prefix) else prefix + speaker


def read_manifest(file: Path, labels: Mapping[str, str] | None = None) -> Manifest:
    """Read a manifest; words for emotions are aligned onto our labels.

    Parameters
    ----------
    file
        The CSV. A column named ``file``, ``gender``, ``source`` or ``text_or_sentence_id`` is read
        as path, sex, corpus or sentence. Without a corpus column, the folder's name stands for it.
    labels
        More words than :data:`~sottovoce.training.labels.SYNONYMS`, each with a label or
        ``"ignored"``.

    Raises
    ------
    CorpusError
        The file cannot be read as such a table, a required cell is empty, or a word is not known.
    """
    words = {**SYNONYMS, **(labels or {})}
    clips = []
    ignored: Counter[str] = Counter()
    for row in _rows(file):
        emotion = align_label(row["emotion"], words, Path(row["path"]))
        if emotion is None:
            ignored[row["emotion"]] += 1
        else:
            clips.append(_clip(row, emotion, file.parent))
    return Manifest(tuple(clips), ignored_notes(file.parent.name, ignored))


def ignored_notes(corpus: str, ignored: Mapping[str, int]) -> tuple[str, ...]:
    """One sentence for each ignored word.

    >>> ignored_notes("emodb", {"L": 81})
    ("emodb: 81 clips labelled 'L' are left out",)
    """
    return tuple(
        f"{corpus}: {count} clips labelled '{word}' are left out"
        for word, count in sorted(ignored.items())
    )


def write_manifest(manifest: Manifest, file: Path) -> None:
    """Write a manifest that :func:`read_manifest` reads back as it was."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for clip in manifest.clips:
            row = {name: getattr(clip, name) or "" for name in COLUMNS}
            writer.writerow(row | {"path": _relative(clip.path, file.parent)})


def _relative(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path.absolute())


def _rows(file: Path) -> Iterator[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            names = {name: ALIASES.get(name, name) for name in reader.fieldnames or ()}
            _require(tuple(names.values()), file)
            for row in reader:
                cells = {names[key]: value or "" for key, value in row.items() if key in names}
                _require_cells(cells, file, reader.line_num)
                yield cells
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise CorpusError(f"'{file}' cannot be read as a table: {trouble}") from trouble


def _require(names: tuple[str, ...], file: Path) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise CorpusError(f"'{file}' has no column {' and no column '.join(missing)}")


def _require_cells(cells: Mapping[str, str], file: Path, line: int) -> None:
    for name in REQUIRED:
        if not cells[name].strip():
            raise CorpusError(f"'{file}' line {line} has no {name}")


def _clip(row: Mapping[str, str], emotion: str, folder: Path) -> Clip:
    corpus = row.get("corpus") or folder.resolve().name
    return Clip(
        path=folder / row["path"],
        speaker=speaker_name(corpus, row["speaker"]),
        emotion=emotion,
        sex=SEXES.get(row.get("sex", "").lower()),
        language=row.get("language") or None,
        sentence=row.get("sentence") or None,
        intensity=row.get("intensity") or None,
        corpus=corpus,
    )
