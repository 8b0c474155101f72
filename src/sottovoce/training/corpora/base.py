"""What every corpus adapter is: it knows its folder's layout and gives a manifest.

Most corpora write everything into their file names; those are a :class:`NamedCorpus` with one
regular expression. The others read a table and follow the same protocol.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from sottovoce.training.corpora.sexes import SexTable
from sottovoce.training.errors import CorpusError
from sottovoce.training.labels import align_label
from sottovoce.training.manifest import Clip, Manifest, Sex, ignored_notes, speaker_name

LOSSLESS = frozenset({".wav", ".flac", ".aiff", ".aif"})
SUFFIXES = LOSSLESS | {".mp3", ".ogg", ".opus", ".m4a", ".aac", ".mp4", ".webm", ".wma", ".amr"}


class Corpus(Protocol):
    """A corpus in its official layout; ``example`` is one of its files."""

    @property
    def name(self) -> str:
        """Short name, as in a recipe."""
        ...

    @property
    def example(self) -> str:
        """A file of the corpus, as its folder holds it."""
        ...

    def fits(self, folder: Path) -> bool:
        """Whether the folder is laid out like this corpus."""
        ...

    def read(self, folder: Path, labels: Mapping[str, str]) -> Manifest:
        """All labelled clips of the folder, sorted by path; ``labels`` adds words to its own."""
        ...


def audio_files(folder: Path) -> Iterator[Path]:
    """All sound files below a folder; hidden ones (macOS ``._`` files) are passed over."""
    return (
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    )


def unknown_sex(_speaker: str) -> Sex | None:
    """For corpora that do not say."""
    return None


def sex_by_letter(speaker: str) -> Sex | None:
    """For corpora whose speakers are called F01 or male2.

    >>> sex_by_letter("F01"), sex_by_letter("male2")
    ('f', 'm')
    """
    return "f" if speaker[0].lower() == "f" else "m"


@dataclass(frozen=True)
class NamedCorpus:
    """A corpus whose file names say everything.

    ``pattern`` is searched in ``parent/stem`` of each file and has the groups ``speaker`` and
    ``emotion``, and ``sentence`` and ``intensity`` where there are such. ``labels`` has every word
    of the corpus, ``speaker_names`` corrects misspelt ones, ``broken`` are clips of the release
    without sound. Where a mirror holds a clip twice (a nested copy, or MP3 beside WAV), the
    lossless one nearest to the top is taken.
    """

    name: str
    example: str
    language: str
    pattern: re.Pattern[str]
    labels: Mapping[str, str]
    sex_of: Callable[[str], Sex | None] = unknown_sex
    sex_table: SexTable | None = None
    intensities: Mapping[str, str] = field(default_factory=dict)
    speaker_names: Mapping[str, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def fits(self, folder: Path) -> bool:
        """Whether any sound file is named as in this corpus."""
        return any(self.parse(path) is not None for path in audio_files(folder))

    def parse(self, path: PurePath) -> Clip | None:
        """What the name says, with the corpus's own word for the emotion; None: another name."""
        found = self.pattern.search(f"{path.parent.name}/{path.stem}")
        if found is None:
            return None
        said = found.groupdict()
        speaker = self.speaker_names.get(said["speaker"], said["speaker"])
        intensity = said.get("intensity")
        return Clip(
            path=Path(path),
            speaker=speaker_name(self.name, speaker),
            emotion=said["emotion"],
            sex=self.sex_of(speaker),
            language=self.language,
            sentence=said.get("sentence"),
            intensity=self.intensities.get(intensity, intensity) if intensity else None,
            corpus=self.name,
        )

    def read(self, folder: Path, labels: Mapping[str, str]) -> Manifest:
        """All clips below the folder whose names are of this corpus."""
        files = [path for path in audio_files(folder) if path.stem not in self.broken]
        named = [clip for path in files if (clip := self.parse(path)) is not None]
        if not named:
            raise CorpusError(f"'{folder}' holds no {self.name} clip, such as '{self.example}'")
        clips = first_copies(named)
        notes = _left_out(self, len(files) - len(named), len(named) - len(clips))
        aligned = align_clips(self.name, clips, {**self.labels, **labels})
        return Manifest(self._with_sexes(aligned.clips, folder), notes + aligned.notes)

    def _with_sexes(self, clips: tuple[Clip, ...], folder: Path) -> tuple[Clip, ...]:
        if self.sex_table is None:
            return clips
        table = self.sex_table.read(folder)
        sexes = {speaker_name(self.name, speaker): sex for speaker, sex in table.items()}
        return tuple(replace(clip, sex=sexes.get(clip.speaker)) for clip in clips)


def first_copies(clips: list[Clip]) -> list[Clip]:
    """Each clip once: the lossless copy, then the one nearest to the top; sorted by path."""

    def rank(clip: Clip) -> tuple[bool, int, str]:
        lossy = clip.path.suffix.lower() not in LOSSLESS
        return lossy, len(clip.path.parts), str(clip.path)

    chosen: dict[tuple[str, str], Clip] = {}
    for clip in sorted(clips, key=rank):
        chosen.setdefault((clip.speaker, clip.path.stem), clip)
    return sorted(chosen.values(), key=lambda clip: str(clip.path))


def align_clips(corpus: str, clips: list[Clip], words: Mapping[str, str]) -> Manifest:
    """The clips with our labels in place of the corpus's words; ignored ones are noted."""
    kept = []
    ignored: Counter[str] = Counter()
    for clip in clips:
        label = align_label(clip.emotion, words, clip.path)
        if label is None:
            ignored[clip.emotion] += 1
        else:
            kept.append(replace(clip, emotion=label))
    return Manifest(tuple(kept), ignored_notes(corpus, ignored))


def _left_out(corpus: NamedCorpus, strays: int, copies: int) -> tuple[str, ...]:
    notes = []
    if strays:
        notes.append(
            f"{corpus.name}: {strays} files not named like '{corpus.example}' are left out"
        )
    if copies:
        notes.append(f"{corpus.name}: {copies} second copies of a clip are left out")
    return tuple(notes)
