import numpy as np
import pytest

from sottovoce.training.evaluation.resampling import (
    drawn_times,
    recall_drop,
    recall_interval,
    share_interval,
)
from sottovoce.training.intervals import speaker_interval
from sottovoce.training.metrics import unweighted_recall


def test_it_is_the_interval_of_the_slow_way(make_predictions) -> None:
    said = make_predictions(clips=300, speakers=7)
    slow = speaker_interval(said, unweighted_recall, draws=50)
    quick = recall_interval(said, draws=50)
    assert (quick.value, quick.low, quick.high) == pytest.approx((slow.value, slow.low, slow.high))


def test_the_same_clips_lose_nothing(make_predictions) -> None:
    said = make_predictions(clips=200)
    drop = recall_drop(said, said, draws=20)
    assert (drop.value, drop.low, drop.high) == (0.0, 0.0, 0.0)


def test_a_drop_is_surer_than_two_figures_side_by_side(make_predictions) -> None:
    clean = make_predictions(clips=800)
    worse = clean.take(np.arange(800))
    worse.probabilities[::7] = worse.probabilities[::7, ::-1]
    drop = recall_drop(clean, worse, draws=200)
    alone = recall_interval(clean, draws=200)
    assert drop.value == pytest.approx(unweighted_recall(clean) - unweighted_recall(worse))
    assert drop.high - drop.low < alone.high - alone.low


def test_a_label_that_was_not_drawn_does_not_count(make_predictions) -> None:
    said = make_predictions(clips=4, speakers=4)
    interval = recall_interval(said, draws=100)
    assert 0.0 <= interval.low <= interval.high <= 1.0


def test_one_speaker_gives_a_point() -> None:
    interval = share_interval(np.array([1.0, 0.0, 0.0, 0.0]), ["a"] * 4, draws=10)
    assert (interval.low, interval.value, interval.high) == (0.25, 0.25, 0.25)


def test_each_draw_is_of_as_many_units() -> None:
    assert drawn_times(5, 30).sum(axis=1).tolist() == [5.0] * 30
