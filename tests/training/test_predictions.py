import numpy as np
import pytest

from sottovoce.training.predictions import Predictions, pool


def test_some_clips_can_be_taken_and_repeated(make_predictions) -> None:
    said = make_predictions(clips=10, speakers=5)
    some = said.take([3, 3, 0])
    assert some.truth.tolist() == [said.truth[3], said.truth[3], said.truth[0]]
    assert some.speakers == ("made_3", "made_3", "made_0")
    assert some.sexes == ("m", "m", "f")


def test_pooled_folds_are_one_table(make_predictions) -> None:
    said = make_predictions(clips=10)
    both = pool([said.take([0, 1]), said.take(range(2, 10))])
    assert np.array_equal(both.probabilities, said.probabilities)
    assert both.speakers == said.speakers


@pytest.mark.parametrize(
    ("labels", "rows", "speakers", "message"),
    [
        (("happy", "sad"), [[0.5, 0.5]], ("a", "b"), "of the same clips"),
        (("happy",), [[0.5, 0.5]], ("a",), "2 probabilities a clip for 1 labels"),
        (("happy", "sad"), [[0.5, 0.6]], ("a",), "must sum to 1"),
    ],
)
def test_what_does_not_fit_together_is_refused(labels, rows, speakers, message) -> None:
    with pytest.raises(ValueError, match=message):
        Predictions(labels, np.array([0]), np.array(rows), speakers, (None,) * len(speakers))
