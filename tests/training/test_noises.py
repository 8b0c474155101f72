from pathlib import Path

import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.training.errors import CorpusError
from sottovoce.training.noises import (
    noise_source,
    noises_for_test,
    noises_for_training,
    split_noises,
)

ESC = [Path(f"1-{source}-{take}.flac") for source in range(100_000, 100_040) for take in "ABC"]


def test_no_source_is_on_both_sides() -> None:
    split = split_noises(ESC)
    learnt, tested = (
        {noise_source(file) for file in part} for part in (split.training, split.testing)
    )
    assert not learnt & tested
    assert len(learnt) == len(tested) == 20
    assert sorted([*split.training, *split.testing]) == sorted(ESC)


def test_the_split_does_not_depend_on_order_or_folder() -> None:
    moved = [Path("/elsewhere") / file for file in reversed(ESC)]
    names = [file.name for file in split_noises(moved).testing]
    assert names == [file.name for file in split_noises(ESC).testing]


def test_the_names_of_esc_50_have_their_class_at_the_end() -> None:
    assert noise_source(Path("5-9032-A-0.wav")) == "9032"


def test_a_single_source_is_for_training() -> None:
    split = split_noises([Path("1-7-A.wav"), Path("1-7-B.wav")])
    assert (len(split.training), split.testing) == (2, ())


def loud(path: Path) -> FloatArray:
    return np.array([0.0, len(path.stem), 0.0], np.float32)


def test_sounds_come_without_silence_at_their_ends(make_tree) -> None:
    folder = make_tree("a.wav", "bb.wav", "notes.txt")
    learnt, tested = noises_for_training(folder, loud), noises_for_test(folder, loud)
    assert sorted(noise.tolist() for noise in (*learnt, *tested)) == [[1.0], [2.0]]
    assert (len(learnt), len(tested)) == (1, 1)


def test_nothing_to_learn_with_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no sound to add as noise"):
        noises_for_training(tmp_path, loud)
    assert noises_for_test(tmp_path, loud) == ()
