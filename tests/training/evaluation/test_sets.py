import numpy as np
import pytest

from sottovoce.training.evaluation.nouns import Judged
from sottovoce.training.evaluation.sets import (
    held_out_clear,
    held_out_sets,
    set_figures,
    uncertain_figures,
)
from sottovoce.training.folds import Fold
from sottovoce.training.recipe import CalibrationRecipe


def test_sets_hold_what_they_promise_on_other_speakers(make_predictions) -> None:
    said = make_predictions(clips=4000, speakers=40)
    of_clip = np.arange(4000) % 4
    folds = [
        Fold(str(n), np.flatnonzero(of_clip != n), np.flatnonzero(of_clip == n)) for n in range(4)
    ]
    sets = held_out_sets(said, folds, CalibrationRecipe(error_rate=0.2))
    (figures,) = set_figures(Judged(said, ("made",) * 4000), sets, 0.2)
    assert figures.covered.value == pytest.approx(0.8, abs=0.04)
    assert figures.covered.low <= figures.covered.value <= figures.covered.high
    assert 1.0 <= figures.mean_size < 3.0


def test_sizes_are_counted(make_predictions) -> None:
    said = make_predictions(clips=4, speakers=2)
    sets = np.array([[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0]], dtype=bool)
    (figures,) = set_figures(Judged(said, ("made",) * 4), sets, 0.1)
    assert (figures.mean_size, figures.single, figures.empty) == (1.75, 0.25, 0.25)
    assert figures.promised == 0.9


def test_clear_is_one_label_of_a_voice_not_too_far() -> None:
    sets = np.array([[1, 0], [1, 1], [0, 0], [0, 1]] * 50, dtype=bool)
    distances = np.tile([1.0, 1.0, 1.0, 2.0], 50)
    clips = np.arange(200)
    folds = [Fold("a", clips[100:], clips[:100]), Fold("b", clips[:100], clips[100:])]
    near = np.where(clips < 100, distances, 1.0)
    assert held_out_clear(sets, distances, folds).tolist() == [True, False, False, True] * 50
    assert held_out_clear(sets, near, folds)[:4].tolist() == [True, False, False, False]


def test_uncertain_is_a_share_and_what_the_rest_is_worth(make_predictions) -> None:
    said = make_predictions(clips=100)
    (all_clear,) = uncertain_figures(Judged(said, ("made",) * 100), said.correct)
    assert all_clear.share == pytest.approx(1.0 - said.correct.mean())
    assert all_clear.ua_of_rest == 1.0
    (none,) = uncertain_figures(Judged(said, ("made",) * 100), np.zeros(100, dtype=bool))
    assert (none.share, none.ua_of_rest) == (1.0, None)
