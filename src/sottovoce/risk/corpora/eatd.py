"""EATD (Shen, Yang & Lin 2022): Chinese volunteers, three answers each, labels by the SDS.

Folders ``t_1`` (training) and ``v_1`` (validation) hold ``positive_out.wav``, ``neutral_out.wav``,
``negative_out.wav`` and ``new_label.txt``, the self-rated score times 1.25; 53 and more is a case.
``positive.txt``, ``neutral.txt`` and ``negative.txt`` are what was said.
"""

from pathlib import Path

from sottovoce.risk.corpora.tables import number, read_text
from sottovoce.risk.interviews import Corpus, Interview
from sottovoce.training.errors import CorpusError

ANSWERS = ("positive", "neutral", "negative")
LABEL = "new_label.txt"
CASE_FROM_SDS = 53.0
LEAST_SDS, MOST_SDS = 25.0, 100.0
PARTS = {"t": "train", "v": "dev"}


def read_eatd(folder: Path) -> Corpus:
    """EATD; the three answers of a volunteer are one interview."""
    places = sorted(path.parent for path in folder.glob(f"*/[tv]_*/{LABEL}"))
    places += sorted(path.parent for path in folder.glob(f"[tv]_*/{LABEL}"))
    return Corpus("eatd", tuple(_interview(place) for place in places), "clinical")


def _interview(place: Path) -> Interview:
    score = number(read_text(place / LABEL).strip(), "score", place / LABEL)
    if not LEAST_SDS <= score <= MOST_SDS:
        raise CorpusError(f"the score in '{place / LABEL}' is {score:g}; it runs from 25 to 100")
    return Interview(
        person=f"eatd_{place.name}",
        audio=tuple(_answer(place, word) for word in ANSWERS),
        case=score >= CASE_FROM_SDS,
        fold=PARTS[place.name[0]],
        transcripts=_answers_said(place),
    )


def _answers_said(place: Path) -> tuple[Path, ...]:
    """The words of the three answers; none where they are not all there."""
    files = tuple(place / f"{word}.txt" for word in ANSWERS)
    return files if all(file.is_file() for file in files) else ()


def _answer(place: Path, word: str) -> Path:
    for name in (f"{word}_out.wav", f"{word}.wav"):
        if (place / name).is_file():
            return place / name
    raise CorpusError(f"'{place}' has no '{word}_out.wav'")
