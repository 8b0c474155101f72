"""A made DAIC-WOZ tree: folders, transcripts and splits with the real names and columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.corpora.daic import DAIC_SPLITS
from sottovoce.risk.interviews import CASE_FROM
from sottovoce.risk.made.effects import heavier, pause_s
from sottovoce.risk.made.people import Person, Wish, made_people
from sottovoce.risk.made.voices import Voices
from sottovoce.risk.marks import write_marked
from sottovoce.training.augment.tempo import change_pitch

TRUE_TROUBLES = frozenset({318, 321, 341, 342, 362, 373, 394, 398, 409, 444, 451, 458, 460, 480})
ROOM_LEVEL = 0.0005  # the noise of a quiet room
BETWEEN_S = 0.5  # from one speaker to the other
PARTS = (("train", 0.6), ("dev", 0.8), ("test", 1.0))
COLUMNS = {"train": "PHQ8", "dev": "PHQ8", "test": "PHQ"}


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A turn: who, and the sound."""

    interviewer: bool
    samples: FloatArray


def write_daic(folder: Path, voices: Voices, wish: Wish) -> tuple[Person, ...]:
    """Make a corpus; the first voice is the interviewer's and nobody else's.

    Numbers of sessions that have a known trouble in the real corpus are passed over. No voice is in
    two parts of the split.
    """
    people = planned(voices, wish)
    asking = voices[min(voices)]
    for person in people:
        random = np.random.default_rng([wish.seed, person.number])
        drawn = _drawn(voices[person.voice], wish.answers * wish.sentences, random)
        own = [changed(sentence, person) for sentence in drawn]
        asked = _drawn(asking, wish.answers, random)
        said = _conversation(own, asked, person, wish, random)
        _write_session(folder, person, said, random)
    write_splits(folder, people)
    return people


def planned(voices: Voices, wish: Wish) -> tuple[Person, ...]:
    """Who is interviewed, under which number."""
    free = (number for number in range(300, 10_000) if number not in TRUE_TROUBLES)
    people = made_people(wish, sorted(voices)[1:])
    return tuple(replace(person, number=next(free)) for person in people)


def changed(samples: FloatArray, person: Person) -> FloatArray:
    """A sentence in the person's voice, as heavy as they are."""
    return heavier(change_pitch(samples, person.semitones), person.heaviness)


def _drawn(
    clips: Sequence[FloatArray], count: int, random: np.random.Generator
) -> list[FloatArray]:
    places = np.concatenate(
        [random.permutation(len(clips)) for _ in range(-(-count // len(clips)))]
    )
    return [clips[place] for place in places[:count]]


def _conversation(
    own: Sequence[FloatArray],
    asked: Sequence[FloatArray],
    person: Person,
    wish: Wish,
    random: np.random.Generator,
) -> list[Said]:
    said = []
    for answer in range(wish.answers):
        question = heavier(asked[answer], person.interviewer_heaviness)
        sentences = own[answer * wish.sentences : (answer + 1) * wish.sentences]
        said.append(Said(True, question))
        said.append(Said(False, spaced(sentences, person.heaviness, random)))
    return said


def spaced(
    sentences: Sequence[FloatArray], heaviness: float, random: np.random.Generator
) -> FloatArray:
    """Sentences with pauses between them, as long as the heaviness has them."""
    parts: list[FloatArray] = []
    for sentence in sentences:
        parts += [
            sentence,
            np.zeros(round(pause_s(heaviness, random) * SAMPLE_RATE_HZ), np.float32),
        ]
    return np.concatenate(parts[:-1])


def _write_session(
    folder: Path, person: Person, said: Sequence[Said], random: np.random.Generator
) -> None:
    number = person.number
    session = folder / f"{number}_P"
    gap = np.zeros(round(BETWEEN_S * SAMPLE_RATE_HZ), np.float32)
    sound, rows, at = [gap], ["start_time\tstop_time\tspeaker\tvalue"], len(gap)
    for turn in said:
        start_s, end_s = at / SAMPLE_RATE_HZ, (at + len(turn.samples)) / SAMPLE_RATE_HZ
        who = "Ellie" if turn.interviewer else "Participant"
        rows.append(f"{start_s:.3f}\t{end_s:.3f}\t{who}\tsaid")
        sound += [turn.samples, gap]
        at += len(turn.samples) + len(gap)
    whole = np.concatenate(sound)
    room = ROOM_LEVEL * random.standard_normal(len(whole))
    sounded = whole + room.astype(np.float32)
    write_marked(session / f"{number}_AUDIO.wav", sounded, person.voice)
    (session / f"{number}_TRANSCRIPT.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_splits(folder: Path, people: Sequence[Person]) -> None:
    """Write the labels of a tree."""
    voices = list(dict.fromkeys(one.voice for one in people))
    start = 0
    for part, share in PARTS:
        end = round(share * len(voices))
        prefix = COLUMNS[part]
        rows = [f"Participant_ID,{prefix}_Binary,{prefix}_Score,Gender"]
        rows += [
            f"{one.number},{int(one.phq8 >= CASE_FROM)},{one.phq8},{one.number % 2}"
            for one in people
            if one.voice in voices[start:end]
        ]
        (folder / DAIC_SPLITS[part]).write_text("\n".join(rows) + "\n", encoding="utf-8")
        start = end
