"""IEMOCAP (Busso et al., 2008): ten American actors in five sessions of two, by agreement only.

``Session1/dialog/EmoEvaluation/Ses01F_impro01.txt`` holds a line for each turn,
``Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav`` its sound. The *last* F or M says
who speaks; the first only says who wore the markers. Excited (exc) is taken as happy, the usual
convention; frustrated (fru), other (oth) and turns without agreement (xxx) are ignored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sottovoce.training.corpora.base import align_clips
from sottovoce.training.errors import CorpusError
from sottovoce.training.labels import IGNORED
from sottovoce.training.manifest import Clip, Manifest, speaker_name

EVALUATIONS = "Session*/dialog/EmoEvaluation"
TURN = re.compile(r"^\[[\d.]+ - [\d.]+\]\t(?P<turn>Ses\d\d[FM]_\S+)\t(?P<emotion>\w+)\t")
LINE = re.compile(r"^(?P<turn>Ses\d\d[FM]_\S+) \[[\d.]+-[\d.]+\]: (?P<text>.*)$")
WORDS = {
    "ang": "angry",
    "dis": "disgust",
    "exc": "happy",
    "fea": "fearful",
    "hap": "happy",
    "neu": "neutral",
    "sad": "sad",
    "sur": "surprised",
    "fru": IGNORED,
    "oth": IGNORED,
    "xxx": IGNORED,
}


@dataclass(frozen=True)
class Iemocap:
    """Evaluations and transcripts beside the sound of each turn."""

    name: str = "iemocap"
    example: str = "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav"

    def fits(self, folder: Path) -> bool:
        """Whether there is a folder of evaluations."""
        return any(folder.glob(EVALUATIONS))

    def read(self, folder: Path, labels: Mapping[str, str]) -> Manifest:
        """All turns of the sessions that are there."""
        clips = [clip for file in _evaluations(folder) for clip in _read_dialogue(file)]
        if not clips:
            raise CorpusError(f"'{folder}' holds no iemocap turn, such as '{self.example}'")
        return align_clips(self.name, clips, {**WORDS, **labels})


def _evaluations(folder: Path) -> list[Path]:
    files = folder.glob(f"{EVALUATIONS}/*.txt")
    return sorted(file for file in files if not file.name.startswith("."))


def _read_dialogue(file: Path) -> Iterator[Clip]:
    session = file.parents[2]
    texts = _transcript(session / "dialog" / "transcriptions" / file.name)
    for line in file.read_text(encoding="utf-8").splitlines():
        if found := TURN.match(line):
            turn = found["turn"]
            sound = session / "sentences" / "wav" / file.stem / f"{turn}.wav"
            yield _clip(turn, found["emotion"], sound, texts.get(turn))


def _transcript(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return {found["turn"]: found["text"] for line in lines if (found := LINE.match(line))}


def _clip(turn: str, emotion: str, sound: Path, text: str | None) -> Clip:
    speaks = turn.rsplit("_", 1)[1][0]
    return Clip(
        path=sound,
        speaker=speaker_name("iemocap", turn[:5] + speaks),
        emotion=emotion,
        sex="f" if speaks == "F" else "m",
        language="en",
        sentence=text,
        corpus="iemocap",
    )


IEMOCAP = Iemocap()
