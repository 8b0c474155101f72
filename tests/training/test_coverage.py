from itertools import pairwise

import numpy as np
import pytest

from sottovoce.training.coverage import at_coverage, coverage_curve
from sottovoce.training.metrics import scores
from sottovoce.training.predictions import Predictions


def test_the_surest_are_kept() -> None:
    top = np.array([0.6, 0.9, 0.7, 0.8])
    said = Predictions(
        ("happy", "sad"),
        np.array([1, 0, 1, 0]),
        np.stack([top, 1 - top], axis=1),
        ("a",) * 4,
        (None,) * 4,
    )
    half = at_coverage(said, 0.5)
    assert (half.coverage, half.threshold, half.wa, half.labels) == (0.5, 0.8, 1.0, 1)
    assert at_coverage(said, 0.75).ua == 0.5
    assert at_coverage(said, 0.01).coverage == 0.25


def test_a_calibrated_model_is_better_when_it_may_be_silent(make_predictions) -> None:
    said = make_predictions()
    curve = coverage_curve(said)
    assert curve[0].wa > curve[-1].wa + 0.2
    assert curve[-1].ua == pytest.approx(scores(said).ua)
    assert all(a.threshold >= b.threshold for a, b in pairwise(curve))
