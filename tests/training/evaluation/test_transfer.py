from sottovoce.training.evaluation.nouns import Transfer
from sottovoce.training.evaluation.transfer import EMOBOX_LABELS, cells, chosen
from sottovoce.training.intervals import Interval
from sottovoce.training.predictions import Predictions

UA = Interval(0.5, 0.4, 0.6, 0.95)


def test_two_readings_where_more_than_the_four_labels_are_shared(make_predictions) -> None:
    said = make_predictions(clips=200)
    assert [one.labels for one in cells("a", "b", said)] == [("angry", "calm", "happy", "sad")]
    renamed = Predictions(
        (*EMOBOX_LABELS[:3], "sad"), said.truth, said.probabilities, said.speakers, said.sexes
    )
    assert [one.labels for one in cells("a", "b", renamed)] == [EMOBOX_LABELS]


def test_a_pair_with_just_the_four_is_in_both_grids() -> None:
    same = Transfer("a", "b", EMOBOX_LABELS, UA, 10)
    many = Transfer("b", "a", (*EMOBOX_LABELS, "surprised"), UA, 20)
    four = Transfer("b", "a", EMOBOX_LABELS, UA, 10)
    assert chosen([same, many, four], four=False) == [same, many]
    assert chosen([same, many, four], four=True) == [same, four]


def test_a_pair_without_the_four_is_in_one() -> None:
    few = Transfer("a", "b", ("calm", "sad"), UA, 10)
    assert chosen([few], four=False) == [few]
    assert chosen([few], four=True) == []
