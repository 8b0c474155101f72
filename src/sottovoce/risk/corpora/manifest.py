"""Any recordings by a CSV: the manifest of the training wing, with a label in place of an emotion.

``path`` and ``speaker`` are required, and ``depressed`` (0 or 1) or ``phq8`` (0 to 24); ``sex``,
``age``, ``fold``, ``transcript`` (a file) are optional. Only a column ``judged_by`` that says
"questionnaire" or "clinician" in every row makes the labels clinical.
"""

from collections import defaultdict
from pathlib import Path

from sottovoce.risk.corpora.tables import Row, read_rows
from sottovoce.risk.interviews import CASE_FROM, Basis, Corpus, Interview, checked_phq8
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import SEXES, speaker_name

ANSWERS = {"1": True, "0": False, "yes": True, "no": False, "true": True, "false": False}
CLINICAL = ("questionnaire", "clinician")


def read_manifest(file: Path) -> Corpus:
    """The interviews of a manifest; the files of one speaker are one interview.

    Raises
    ------
    CorpusError
        A needed cell is missing or wrong, or one speaker has two labels.
    """
    rows = read_rows(file, ["path", "speaker"])
    by_speaker: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_speaker[row["speaker"]].append(row)
    name = file.resolve().parent.name
    interviews = tuple(_interview(name, file, own) for own in by_speaker.values())
    stated = bool(rows) and all(row.get("judged_by", "").lower() in CLINICAL for row in rows)
    basis: Basis = "clinical" if stated else "unstated"
    return Corpus(name, interviews, basis)


def _interview(corpus: str, file: Path, rows: list[Row]) -> Interview:
    first = rows[0]
    labels = {_label(row, file) for row in rows}
    if len(labels) > 1:
        raise CorpusError(f"'{first['speaker']}' has more than one label in '{file}'")
    case, phq8 = labels.pop()
    age = first.get("age", "")
    return Interview(
        person=speaker_name(corpus, first["speaker"]),
        audio=tuple(file.parent / row["path"] for row in rows),
        case=case,
        phq8=phq8,
        sex=SEXES.get(first.get("sex", "").lower()),
        age_years=int(age) if age.isdigit() else None,
        fold=first.get("fold") or None,
        transcripts=_transcripts(rows, file),
    )


def _transcripts(rows: list[Row], file: Path) -> tuple[Path, ...]:
    named = [row["transcript"] for row in rows if row.get("transcript")]
    if named and len(named) < len(rows):
        raise CorpusError(
            f"'{rows[0]['speaker']}' has a transcript for some recordings only in '{file}'; "
            "name one for each, or none"
        )
    return tuple(file.parent / name for name in named)


def _label(row: Row, file: Path) -> tuple[bool, int | None]:
    if row.get("phq8"):
        phq8 = checked_phq8(row["phq8"], row["speaker"])
        return phq8 >= CASE_FROM, phq8
    word = row.get("depressed", "").lower()
    if word not in ANSWERS:
        raise CorpusError(f"'{row['speaker']}' has neither phq8 nor depressed (0, 1) in '{file}'")
    return ANSWERS[word], None
