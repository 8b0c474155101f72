from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.made.people import EFFECTS, Effect, Person, Wish, made_people
from sottovoce.risk.made.tree import write_daic
from sottovoce.risk.made.voices import levelled, read_voices
from sottovoce.training.errors import CorpusError
from voices import voice


@pytest.fixture(scope="module")
def voices() -> dict[str, list[FloatArray]]:
    tones = {"a": 110.0, "b": 150.0, "c": 200.0}
    return {
        name: [voice([hz, 1.2 * hz, hz], 1.0, seed=seed).samples for seed in range(3)]
        for name, hz in tones.items()
    }


def area(people: tuple[Person, ...], name: str) -> float:
    cases = [getattr(one, name) for one in people if one.case]
    others = [getattr(one, name) for one in people if not one.case]
    return float(np.mean([case > other for case in cases for other in others]))


@pytest.mark.parametrize("effect", EFFECTS)
def test_only_the_wished_side_tells_cases_apart(effect: Effect) -> None:
    people = made_people(Wish(people=4000, effect=effect, auc=0.8), ["a", "b", "c", "d"])
    sides = {"voice": "heaviness", "interviewer": "interviewer_heaviness"}
    for kind, name in sides.items():
        wished = 0.8 if kind == effect else 0.5
        assert area(people, name) == pytest.approx(wished, abs=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_what_carries_the_effect_tells_exactly_what_was_wished(seed: int) -> None:
    people = made_people(Wish(people=60, auc=0.8, seed=seed), ["a", "b", "c"])
    assert area(people, "heaviness") == pytest.approx(0.8, abs=0.01)


def test_the_effect_moves_labels_and_no_sound() -> None:
    made = [made_people(Wish(people=30, effect=effect), ["a", "b", "c"]) for effect in EFFECTS]
    sounds = [
        [(one.voice, one.heaviness, one.interviewer_heaviness, one.semitones) for one in people]
        for people in made
    ]
    assert sounds[0] == sounds[1] == sounds[2]
    assert len({tuple(one.case for one in people) for people in made}) == 3


def test_the_other_side_tells_nothing_on_average_however_few_share_a_voice() -> None:
    voices = [f"v{n}" for n in range(13)]
    found = [
        area(made_people(Wish(people=20, seed=seed), voices), "interviewer_heaviness")
        for seed in range(300)
    ]
    assert np.mean(found) == pytest.approx(0.5, abs=0.025)


def test_no_voice_tells_cases_from_others() -> None:
    people = made_people(Wish(people=40), ["a", "b", "c", "d"])
    cases = Counter(one.voice for one in people if one.case)
    assert cases == {"a": 5, "b": 5, "c": 5, "d": 5}


def test_a_tree_that_the_reader_of_the_real_one_reads(
    tmp_path: Path, voices: dict[str, list[FloatArray]]
) -> None:
    people = write_daic(tmp_path, voices, Wish(people=20, answers=2, sentences=2))
    corpus = read_corpus(tmp_path)
    assert (corpus.name, corpus.basis) == ("daic-woz", "made")
    assert [one.case for one in corpus.interviews] == [one.case for one in people]
    assert [one.voice for one in corpus.interviews] == [one.voice for one in people]
    assert {one.voice for one in corpus.interviews} == {"b", "c"}  # "a" asks
    voices_of = {(one.fold, one.voice) for one in corpus.interviews}
    assert len(voices_of) == 2  # no voice is in two parts
    assert not any(one.person.endswith(("318", "321")) for one in corpus.interviews)


def test_the_transcript_is_true_to_the_sound(
    tmp_path: Path, voices: dict[str, list[FloatArray]]
) -> None:
    write_daic(tmp_path, voices, Wish(people=4))
    one = read_corpus(tmp_path).interviews[0]
    samples = decode(one.audio[0]).samples
    assert one.turns is not None
    for turn, after in zip(one.turns, one.turns[1:], strict=False):
        start, end = round(turn.start_s * SAMPLE_RATE_HZ), round(turn.end_s * SAMPLE_RATE_HZ)
        gap = samples[end + 80 : round(after.start_s * SAMPLE_RATE_HZ) - 80]
        assert np.abs(samples[start:end]).max() > 0.1
        assert np.abs(gap).max() < 0.01


def test_the_same_seed_makes_the_same_bytes(
    tmp_path: Path, voices: dict[str, list[FloatArray]]
) -> None:
    for name in ("one", "two"):
        write_daic(tmp_path / name, voices, Wish(people=3, seed=4))
    files = sorted((tmp_path / "one").rglob("*.*"))
    assert len(files) == 9
    for file in files:
        assert (
            file.read_bytes()
            == (tmp_path / "two" / file.relative_to(tmp_path / "one")).read_bytes()
        )


def test_one_level_for_all() -> None:
    assert np.sqrt(np.mean(levelled(voice(peak=0.9).samples) ** 2)) == pytest.approx(0.05, rel=0.01)


def test_too_few_voices(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("path,speaker,emotion\n")
    with pytest.raises(CorpusError, match="at least 3"):
        read_voices([tmp_path / "labels.csv"])


@pytest.mark.corpus
def test_real_voices(corpus_folder: Path) -> None:
    voices = read_voices([corpus_folder / "nemo" / "labels.csv"], most_clips=2)
    assert len(voices) == 9
    assert all(0.5 < len(clip) / SAMPLE_RATE_HZ < 10 for own in voices.values() for clip in own)
