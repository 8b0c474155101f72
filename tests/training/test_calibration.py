import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import softmax

from sottovoce.training.calibration import (
    Scaling,
    fit_temperature,
    fit_vector,
    log_loss,
    with_own_gain,
)
from sottovoce.training.predictions import Predictions
from sottovoce.training.reliability import expected_calibration_error


def logits_of(said: Predictions) -> np.ndarray:
    return np.log(np.maximum(said.probabilities, 1e-12))


def with_probabilities(said: Predictions, probabilities: np.ndarray) -> Predictions:
    return Predictions(said.labels, said.truth, probabilities, said.speakers, said.sexes)


def test_temperature_undoes_too_much_confidence(make_predictions) -> None:
    """The made model's logits were multiplied by 3: the temperature is 3."""
    said = make_predictions(sharpen=3.0)
    scaling = fit_temperature(logits_of(said), said.truth)
    assert 1 / scaling.scale[0] == pytest.approx(3.0, rel=0.1)
    mended = with_probabilities(said, scaling.apply(logits_of(said)))
    assert expected_calibration_error(said) > 0.1
    assert expected_calibration_error(mended) < 0.025


def test_temperature_never_changes_the_label(make_predictions) -> None:
    said = make_predictions(clips=500, sharpen=2.0)
    scaling = fit_temperature(logits_of(said), said.truth)
    assert (scaling.apply(logits_of(said)).argmax(axis=1) == said.predicted).all()


def test_vector_scaling_finds_a_scale_and_an_offset_for_each_label() -> None:
    random = np.random.default_rng(3)
    scores = random.normal(size=(6000, 3))
    true = Scaling((2.0, 1.0, 0.5), (0.6, 0.0, -0.6))
    truth = np.array([random.choice(3, p=row) for row in true.apply(scores)])
    found = fit_vector(scores, truth)
    assert found.scale == pytest.approx(true.scale, abs=0.2)
    shift = np.subtract(found.offset, true.offset)
    assert shift - shift.mean() == pytest.approx(np.zeros(3), abs=0.15)
    assert log_loss(found, scores, truth) <= log_loss(fit_temperature(scores, truth), scores, truth)


def test_a_great_penalty_leaves_the_temperature() -> None:
    random = np.random.default_rng(4)
    scores, truth = random.normal(size=(200, 3)), random.integers(3, size=200)
    plain = fit_temperature(scores, truth)
    held = fit_vector(scores, truth, penalty=1e6)
    assert held.scale == pytest.approx(plain.scale, abs=1e-4)
    assert held.offset == pytest.approx(plain.offset, abs=1e-4)


def test_the_fit_is_at_the_bottom_of_the_loss() -> None:
    random = np.random.default_rng(5)
    scores, truth = random.normal(size=(300, 3)), random.integers(3, size=300)
    found = fit_vector(scores, truth)

    def loss(numbers: np.ndarray) -> float:
        return log_loss(Scaling(tuple(numbers[:3]), tuple(numbers[3:])), scores, truth)

    slope = approx_fprime(np.array([*found.scale, *found.offset]), loss, 1e-6)
    assert np.abs(slope).max() < 1e-3


def test_the_numbers_are_plain_and_mean_softmax() -> None:
    scaling = Scaling((2.0, 1.0), (0.0, 0.5))
    scores = np.array([[0.3, -0.1]])
    assert scaling.apply(scores) == pytest.approx(softmax(scores * [2, 1] + [0, 0.5], axis=1))
    assert all(type(number) is float for number in fit_vector(scores, np.array([0]), 1.0).scale)


def test_the_own_view_is_as_sure_as_it_is_right(make_predictions) -> None:
    """In the own view, with 20 recordings known, the made model's logits were divided by 2."""
    said = make_predictions()
    base = fit_temperature(logits_of(said), said.truth)
    own = logits_of(said) / 2.0
    both = with_own_gain(base, own, said.truth, memos=20)
    assert both.apply(own, memos=20) == pytest.approx(said.probabilities, abs=0.05)
    assert (both.apply(own) == base.apply(own)).all()
    blunt = with_probabilities(said, base.apply(own, memos=20))
    mended = with_probabilities(said, both.apply(own, memos=20))
    assert expected_calibration_error(mended) < expected_calibration_error(blunt) - 0.05


def test_weights_decide_whose_confidence_is_mended(make_predictions) -> None:
    said = make_predictions(sharpen=3.0)
    blunt = logits_of(said) / 9.0
    both, truth = np.concatenate([logits_of(said), blunt]), np.tile(said.truth, 2)
    weights = np.repeat([1.0, 1e-9], len(said))
    assert fit_temperature(both, truth, weights).scale[0] == pytest.approx(1 / 3, rel=0.1)
