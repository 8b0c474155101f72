from pathlib import Path

import numpy as np

from sottovoce.training.evaluation.parts import folds_inside, labels_of, narrowed, only
from sottovoce.training.examples import gather
from sottovoce.training.folds import Fold
from sottovoce.training.heard import Heard


def heard(path: Path) -> Heard:
    """Two windows, told apart by the clip's number."""
    number = int(path.stem.split("-")[-1])
    return Heard(
        durations_s=np.array([1.0, 2.0]),
        vectors=np.full((2, 3), number, np.float32),
        mel=np.full((5, 64), number, np.float32),
        alike=np.zeros((5, 48), np.float32),
        frames=np.array([2, 3]),
    )


def test_some_clips_as_if_there_were_no_others(make_clips) -> None:
    examples = gather(make_clips(["f1", "m1"]), heard, [heard])
    part = only(examples, np.array([1, 3, 5]), ("calm", "sad"))
    assert part.truth.tolist() == [0, 1, 0]
    assert part.clip_of.tolist() == [0, 0, 1, 1, 2, 2]
    assert part.vectors[:, 0].tolist() == [1, 1, 3, 3, 1, 1]
    assert part.copies[0][:, 0].tolist() == [1, 1, 3, 3, 1, 1]
    assert part.images.mel[part.images.starts, 0].tolist() == [1, 1, 3, 3, 1, 1]
    assert labels_of(examples, np.array([1, 3, 5])) == ("calm", "sad")


def test_folds_inside_a_part_that_a_fold_does_not_test() -> None:
    folds = [
        Fold("a", np.array([0, 1]), np.array([2, 3])),
        Fold("b", np.array([2, 3]), np.array([0, 1])),
    ]
    assert [fold.name for fold in folds_inside(folds, np.array([0, 2]))] == ["a", "b"]
    assert folds_inside(folds, np.array([0, 1])) == ()


def test_narrowing_keeps_proportions_and_leaves_other_clips_out(make_predictions) -> None:
    said = make_predictions(clips=50)
    few = narrowed(said, ["calm", "sad"])
    kept = np.flatnonzero(np.isin(said.truth, [1, 3]))
    ratio = said.probabilities[kept, 1] / said.probabilities[kept][:, [1, 3]].sum(axis=1)
    assert np.allclose(few.probabilities[:, 0], ratio)
    assert few.truth.tolist() == [int(label == 3) for label in said.truth[kept]]
