"""DAIC-WOZ (Gratch et al. 2014) in the layout of AVEC 2017, and E-DAIC (Ringeval et al. 2019).

What is wrong in DAIC-WOZ is known from those who worked with it (Bailey & Plumbley 2021, "Gender
bias in depression detection using audio features", and the code beside it): four transcripts run
ahead of their sound, two interviews were interrupted, three transcripts lack the interviewer, one
binary label contradicts its own score, four numbers were never given out.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sottovoce.risk.corpora.tables import Row, number, read_rows
from sottovoce.risk.interviews import (
    CASE_FROM,
    Corpus,
    Interview,
    Turn,
    checked_phq8,
    joined_turns,
    with_gaps,
)
from sottovoce.training.errors import CorpusError

DAIC_SPLITS = {
    "train": "train_split_Depression_AVEC2017.csv",
    "dev": "dev_split_Depression_AVEC2017.csv",
    "test": "full_test_split.csv",
}
EDAIC_SPLITS = {"train": "train_split.csv", "dev": "dev_split.csv", "test": "test_split.csv"}
LATE_S = {"318": 34.319917, "321": 3.8379167, "341": 6.1892, "362": 16.8582}
INTERRUPTED = ("373", "444")
WITHOUT_INTERVIEWER = ("451", "458", "480")
SYNC = re.compile(r"[<\[]\s*sync", re.IGNORECASE)
SCORES = ("phq8_score", "phq_score")
SEXES = {"0": "f", "1": "m", "female": "f", "male": "m", "f": "f", "m": "m"}  # AVEC: 1 is male


def read_daic(folder: Path) -> Corpus:
    """DAIC-WOZ: the PHQ-8 score says who is a case, which mends the one wrong binary label.

    Interrupted sessions and those whose transcript lacks the interviewer are left out.
    """
    left_out = dict.fromkeys(INTERRUPTED, "was interrupted")
    left_out |= dict.fromkeys(WITHOUT_INTERVIEWER, "has a transcript without the interviewer")
    return _read(folder, "daic-woz", DAIC_SPLITS, left_out)


def read_edaic(folder: Path) -> Corpus:
    """E-DAIC; its transcripts hold the participant only, so what lies between is the other's."""
    return _read(folder, "e-daic", EDAIC_SPLITS, {})


def split_folder(folder: Path, names: Mapping[str, str]) -> Path | None:
    """Where the split's files lie: in the folder, or in ``labels``; None where they do not."""
    for place in (folder, folder / "labels", folder / "data"):
        if (place / names["train"]).is_file():
            return place
    return None


def _read(
    folder: Path, name: str, splits: Mapping[str, str], left_out: Mapping[str, str]
) -> Corpus:
    labels = dict(_labels(folder, splits))
    sessions = {path.name[:-2]: path for path in _session_folders(folder)}
    notes = [f"{name}: {id_} {why}, left out" for id_, why in left_out.items() if id_ in sessions]
    notes += [
        f"{name}: '{id_}' is in no split, left out" for id_ in sorted(sessions.keys() - labels)
    ]
    notes += [
        f"{name}: '{id_}' has no folder, left out" for id_ in sorted(labels.keys() - sessions)
    ]
    kept = [id_ for id_ in sorted(sessions) if id_ in labels and id_ not in left_out]
    interviews = tuple(_interview(sessions[id_], name, id_, *labels[id_]) for id_ in kept)
    return Corpus(name, interviews, "clinical", tuple(notes))


def _session_folders(folder: Path) -> list[Path]:
    return [path for path in (*folder.glob("*_P"), *folder.glob("data/*_P")) if path.is_dir()]


def _labels(folder: Path, splits: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, Row]]]:
    """Session to its part of the split and its row; the last split may be missing."""
    place = split_folder(folder, splits)
    if place is None:
        raise CorpusError(f"'{folder}' has no '{splits['train']}'")
    seen: set[str] = set()
    for part, file_name in splits.items():
        file = place / file_name
        for row in read_rows(file, ["Participant_ID"]) if file.is_file() else []:
            id_ = row["participant_id"].removesuffix(".0")
            if id_ in seen:
                raise CorpusError(f"'{id_}' is in the split twice, again in '{file}'")
            seen.add(id_)
            yield id_, (part, row)


def _interview(session: Path, corpus: str, id_: str, part: str, row: Row) -> Interview:
    audio = session / f"{id_}_AUDIO.wav"
    transcript = _transcript(session, id_)
    if transcript is None and audio.is_file():
        raise CorpusError(f"'{audio}' has no transcript beside it")
    if transcript is None or not audio.is_file():
        raise CorpusError(f"'{session}' has no '{audio.name}' for its transcript")
    score = next((row[name] for name in SCORES if row.get(name)), "")
    phq8 = checked_phq8(score, id_)
    turns = read_turns(transcript, LATE_S.get(id_, 0.0) if corpus == "daic-woz" else 0.0)
    return Interview(
        person=f"{corpus}_{id_}",
        audio=(audio,),
        case=phq8 >= CASE_FROM,
        turns=turns,
        phq8=phq8,
        sex=SEXES.get(row.get("gender", "").lower()),
        fold=part,
        transcripts=(transcript,),
    )


def _transcript(session: Path, id_: str) -> Path | None:
    found = [session / f"{id_}_{word}.csv" for word in ("TRANSCRIPT", "Transcript")]
    return next((file for file in found if file.is_file()), None)


def read_turns(transcript: Path, late_s: float = 0.0) -> tuple[Turn, ...]:
    """Who speaks when; marks of synchronisation are no one's words.

    Parameters
    ----------
    transcript
        Columns ``start_time``, ``stop_time``, ``speaker``, ``value`` (DAIC-WOZ) or ``Start_Time``,
        ``End_Time`` (E-DAIC: all of it the participant's; between, somebody else speaks).
    late_s
        By how much the transcript's times lie before the sound.

    Raises
    ------
    CorpusError
        A time is no number, runs backwards, or nobody speaks.
    """
    rows = read_rows(transcript, ["start_time"])
    turns = [
        _turn(row, late_s, transcript) for row in rows if not SYNC.search(row.get("value", ""))
    ]
    if not any(not turn.interviewer for turn in turns):
        raise CorpusError(f"in '{transcript}' the participant never speaks")
    told = any(turn.interviewer for turn in turns)
    return joined_turns(turns) if told else with_gaps(turns)


def _turn(row: Row, late_s: float, file: Path) -> Turn:
    start_s = number(row["start_time"], "start time", file) + late_s
    end_s = number(row.get("stop_time") or row.get("end_time", ""), "stop time", file) + late_s
    if not 0 <= start_s <= end_s:
        raise CorpusError(f"'{file}' has a turn from {start_s:g} to {end_s:g} s")
    speaker = row.get("speaker", "Participant")
    return Turn(start_s, end_s, interviewer=speaker.lower() == "ellie")
