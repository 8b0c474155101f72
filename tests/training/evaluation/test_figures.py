import math

import numpy as np
import pytest

from sottovoce.training.cards import measured
from sottovoce.training.evaluation.figures import FIGURES, main_figures
from sottovoce.training.evaluation.nouns import Judged
from sottovoce.training.evaluation.summary import as_json
from sottovoce.training.predictions import Predictions


def test_they_are_the_figures_of_the_card(make_predictions) -> None:
    said = make_predictions(clips=400)
    card = measured("", said)
    found = {one.name: one.interval for one in main_figures("made", said, draws=10)}
    assert list(found) == list(FIGURES)
    for name, value in card.items():
        assert found[name].value == pytest.approx(value)
    for interval in found.values():
        assert interval.low <= interval.high


def test_stress_is_left_open_where_only_one_kind_occurs() -> None:
    said = Predictions(
        ("angry", "sad"),
        np.array([0, 1]),
        np.array([[0.9, 0.1], [0.2, 0.8]]),
        ("a", "b"),
        ("f",) * 2,
    )
    area = main_figures("made", said, draws=5)[-1].interval
    assert math.isnan(area.value)
    assert as_json(area) == {"value": None, "low": None, "high": None}


def test_all_clips_are_a_part_of_their_own_only_among_several_corpora(make_predictions) -> None:
    said = make_predictions(clips=6)
    assert [name for name, _ in Judged(said, ("b",) * 6).parts()] == ["b"]
    parts = dict(Judged(said, ("b", "a") * 3).parts())
    assert list(parts) == ["a", "b", "all"]
    assert parts["a"].tolist() == [1, 3, 5]
