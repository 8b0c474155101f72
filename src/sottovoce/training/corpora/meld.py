"""MELD (Poria et al., 2019): 1,400 dialogues of the series Friends, GPL-3.0 annotations.

``train_sent_emo.csv`` (and dev, test) name speaker, emotion, dialogue and utterance; the sound is
in ``train_splits/dia0_utt0.mp4``, ``dev_splits_complete`` and ``output_repeated_splits_test``,
wherever below the folder these lie. Lines spoken by several people at once are left out. Two clips
of the release are broken or missing.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sottovoce.training.corpora.base import align_clips
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip, Manifest, Sex, speaker_name

SOUND_FOLDERS = {
    "train": "train_splits",
    "dev": "dev_splits_complete",
    "test": "output_repeated_splits_test",
}
BROKEN = {("train", "125", "3"), ("dev", "110", "7")}
TOGETHER = frozenset({"All", "Both", "Everyone"})
SEX_OF_SPEAKER: Mapping[str, Sex] = {
    "Chandler": "m",
    "Joey": "m",
    "Monica": "f",
    "Phoebe": "f",
    "Rachel": "f",
    "Ross": "m",
}
WORDS = {
    "anger": "angry",
    "disgust": "disgust",
    "fear": "fearful",
    "joy": "happy",
    "neutral": "neutral",
    "sadness": "sad",
    "surprise": "surprised",
}


@dataclass(frozen=True)
class Meld:
    """Three tables and three folders of films."""

    name: str = "meld"
    example: str = "train_splits/dia0_utt0.mp4"

    def fits(self, folder: Path) -> bool:
        """Whether any of the three tables is below the folder."""
        return any(_find(folder, _table(part)) for part in SOUND_FOLDERS)

    def read(self, folder: Path, labels: Mapping[str, str]) -> Manifest:
        """All lines of one speaker each, from the parts (train, dev, test) that are there."""
        clips = [clip for part in SOUND_FOLDERS for clip in _read_part(folder, part)]
        if not clips:
            raise CorpusError(f"'{folder}' holds no meld table, such as '{_table('train')}'")
        return align_clips(self.name, clips, {**WORDS, **labels})


def _table(part: str) -> str:
    return f"{part}_sent_emo.csv"


def _find(folder: Path, name: str) -> Path | None:
    return next(iter(sorted(folder.rglob(name))), None)


def _read_part(folder: Path, part: str) -> Iterator[Clip]:
    table = _find(folder, _table(part))
    if table is None:
        return
    sound = _find(folder, SOUND_FOLDERS[part])
    if sound is None:
        raise CorpusError(f"'{table}' is there, but no folder '{SOUND_FOLDERS[part]}'")
    with table.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if (part, row["Dialogue_ID"], row["Utterance_ID"]) not in BROKEN and _alone(row):
                yield _clip(row, sound)


def _alone(row: Mapping[str, str]) -> bool:
    return row["Speaker"] not in TOGETHER and " and " not in row["Speaker"].lower()


def _clip(row: Mapping[str, str], sound: Path) -> Clip:
    return Clip(
        path=sound / f"dia{row['Dialogue_ID']}_utt{row['Utterance_ID']}.mp4",
        speaker=speaker_name("meld", row["Speaker"]),
        emotion=row["Emotion"],
        sex=SEX_OF_SPEAKER.get(row["Speaker"]),
        language="en",
        sentence=row["Utterance"],
        corpus="meld",
    )


MELD = Meld()
