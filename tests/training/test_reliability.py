import numpy as np
import pytest

from sottovoce.training.predictions import Predictions
from sottovoce.training.reliability import (
    brier_score,
    expected_calibration_error,
    reliability,
)


def two_labels(confidences: list[float], right: list[bool]) -> Predictions:
    top = np.array(confidences)
    return Predictions(
        labels=("happy", "sad"),
        truth=np.where(right, 0, 1),
        probabilities=np.stack([top, 1 - top], axis=1),
        speakers=("a",) * len(top),
        sexes=(None,) * len(top),
    )


def test_the_error_is_worked_out_by_hand() -> None:
    """Ten bins: two clips at 0.95 both right, two at 0.75 one right: (2 x .05 + 2 x .25) / 4."""
    said = two_labels([0.95, 0.95, 0.75, 0.75], [True, True, True, False])
    assert expected_calibration_error(said, bins=10) == pytest.approx(0.15)


def test_a_model_that_is_right_as_often_as_it_says_has_little_error(make_predictions) -> None:
    assert expected_calibration_error(make_predictions()) < 0.02
    assert expected_calibration_error(make_predictions(sharpen=4.0)) > 0.1


def test_bins_are_closed_above_and_hold_every_clip() -> None:
    said = two_labels([0.6, 0.6001, 1.0, 0.5], [True] * 4)
    table = reliability(said, bins=5)
    assert [one.clips for one in table] == [0, 0, 2, 1, 1]
    assert table[0].accuracy is None
    assert table[2].confidence == pytest.approx(0.55)


def test_brier_is_between_nought_and_two() -> None:
    assert brier_score(two_labels([1.0], [True])) == 0.0
    assert brier_score(two_labels([1.0], [False])) == 2.0
    assert brier_score(two_labels([0.7, 0.7], [True, False])) == pytest.approx((0.18 + 0.98) / 2)
