import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score

from sottovoce.training.metrics import confusion, scores, scores_by, stress_auc, stress_values
from sottovoce.training.predictions import Predictions


def said_of(truth: list[int], heard: list[int], labels: tuple[str, ...]) -> Predictions:
    clips = len(truth)
    return Predictions(
        labels=labels,
        truth=np.array(truth),
        probabilities=np.eye(len(labels))[heard],
        speakers=tuple("ab"[n % 2] for n in range(clips)),
        sexes=tuple(("f", None)[n % 2] for n in range(clips)),
    )


def test_recall_counts_labels_alike_and_accuracy_counts_clips() -> None:
    found = scores(said_of([0, 0, 0, 0, 1], [0, 0, 0, 0, 0], ("happy", "sad")))
    assert (found.ua, found.wa, found.clips) == (0.5, 0.8, 5)
    assert found.macro_f1 == pytest.approx((8 / 9 + 0) / 2)


def test_ua_is_what_scikit_learn_calls_balanced_accuracy(make_predictions) -> None:
    said = make_predictions(clips=300)
    assert scores(said).ua == pytest.approx(balanced_accuracy_score(said.truth, said.predicted))


def test_labels_that_do_not_occur_do_not_count() -> None:
    found = scores(said_of([0, 0], [0, 2], ("angry", "calm", "happy")))
    assert (found.ua, found.macro_f1) == (0.5, pytest.approx(2 / 3))


def test_rows_of_the_confusion_are_the_truth() -> None:
    counts = confusion(said_of([0, 0, 1], [0, 1, 1], ("angry", "calm", "happy")))
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_scores_of_speakers_and_sexes() -> None:
    said = said_of([0, 0, 1, 1], [0, 1, 1, 0], ("happy", "sad"))
    by_speaker = scores_by(said, said.speakers)
    assert {name: found.wa for name, found in by_speaker.items()} == {"a": 1.0, "b": 0.0}
    assert list(scores_by(said, said.sexes)) == ["f"]


def test_stress_is_judged_without_the_surprised() -> None:
    labels = ("angry", "calm", "surprised")
    said = said_of([0, 0, 1, 1, 2], [0] * 5, labels)
    assert stress_auc(said, np.array([0.9, 0.2, 0.3, 0.1, 0.0])) == 0.75
    assert stress_auc(said.take([0, 1, 4]), np.zeros(3)) is None


def test_the_stress_index_is_clamped() -> None:
    said = said_of([0, 1, 2], [0, 1, 2], ("angry", "happy", "weary"))
    assert stress_values(said, {"angry": 1.2, "happy": -0.3}).tolist() == [1.0, 0.0, 0.0]
