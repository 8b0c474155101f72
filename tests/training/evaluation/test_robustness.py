from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.calibration import Scaling
from sottovoce.training.evaluation.judges import Judges
from sottovoce.training.evaluation.nouns import Judged
from sottovoce.training.evaluation.robustness import compared, said_under, wrong_answers
from sottovoce.training.examples import Examples, gather
from sottovoce.training.folds import Fold
from sottovoce.training.heard import Heard, hear
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Float64Array, IntArray

LABELS = 4
NOTHING = replace(hear([]), vectors=np.zeros((0, 2), np.float32))


class Oracle:
    """Reads the label from the description."""

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        return np.eye(LABELS)[examples.vectors[windows, 0].astype(int)]


def heard(path: Path) -> Heard:
    """One window that says which label the clip has."""
    label = int(path.stem.split("-")[-1]) % LABELS
    return replace(
        NOTHING,
        durations_s=np.array([1.0]),
        vectors=np.full((1, 2), label, np.float32),
        frames=np.array([0]),
    )


def deaf_to_the_first(path: Path) -> Heard:
    return NOTHING if path.stem.endswith("-0") else heard(path)


@pytest.fixture
def world(make_clips) -> tuple[Examples, Judges]:
    examples = gather(make_clips(["f1", "m1"]), heard)
    whole = np.arange(8)
    folds = (Fold("1", whole[4:], whole[:4]), Fold("2", whole[:4], whole[4:]))
    scaling = Scaling((9.0,) * LABELS, (0.0,) * LABELS)
    return examples, Judges(folds, (Oracle(), Oracle()), (scaling, scaling))


def test_a_clip_in_which_nothing_is_heard_is_wrong(world) -> None:
    examples, judges = world
    clean = examples.predictions(judges.probabilities(examples), judges.tested)
    said, unheard = said_under(clean, judges, examples, deaf_to_the_first, "deaf")
    assert unweighted_recall(clean) == 1.0
    assert unheard.tolist() == [True, False, False, False] * 2
    assert said.correct.tolist() == (~unheard).tolist()
    (row,) = compared("deaf", Judged(clean, ("made",) * 8), said, unheard)
    assert (row.ua.value, row.drop.value, row.unheard, row.clips) == (0.75, 0.25, 2, 8)


def test_a_wrong_answer_is_wrong_with_any_number_of_labels() -> None:
    for labels in (2, 5):
        answers = wrong_answers(np.arange(labels), labels)
        assert not (answers.argmax(axis=1) == np.arange(labels)).any()
        assert np.allclose(answers.sum(axis=1), 1.0)
