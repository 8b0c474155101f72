"""Eight-bit codes of weights: near each weight, or near what the weights give on real inputs."""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.rounding import Codes, compensated, nearest, upper_factor


def heard(rng: np.random.Generator) -> FloatArray:
    """Frames [2000, 300] that move together, as frames of an encoder do."""
    mixing = rng.normal(size=(20, 300))
    frames = rng.normal(size=(2000, 20)) @ mixing + 0.1 * rng.normal(size=(2000, 300)) + 2.0
    return frames.astype(np.float32)


def error(frames: FloatArray, weight: FloatArray, found: Codes) -> float:
    return float(np.sqrt(np.mean((frames @ (found.codes * found.steps - weight)) ** 2)))


def test_the_nearest_codes_are_within_half_a_step() -> None:
    weight = np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32)
    found = nearest(weight)
    assert (np.abs(found.codes * found.steps - weight) <= found.steps * 0.501).all()
    assert found.codes.dtype == np.int8
    assert np.abs(found.codes).max() == 127


def test_compensated_codes_give_far_less_error_on_inputs_that_move_together() -> None:
    rng = np.random.default_rng(1)
    weight = rng.normal(size=(300, 24)).astype(np.float32)
    frames, others = np.split(heard(rng), 2)
    found = compensated(weight, upper_factor(frames.T @ frames))
    assert error(others, weight, found) < 0.3 * error(others, weight, nearest(weight))
    assert np.abs(found.codes).max() <= 127


def test_inputs_that_are_alone_are_rounded_to_the_nearest() -> None:
    weight = np.random.default_rng(2).normal(size=(40, 6)).astype(np.float32)
    found = compensated(weight, upper_factor(np.eye(40, dtype=np.float32)))
    np.testing.assert_array_equal(found.codes, nearest(weight).codes)


def test_inputs_never_heard_keep_their_weights() -> None:
    """A dead input has no energy: without damping its factor would not exist."""
    weight = np.random.default_rng(3).normal(size=(30, 5)).astype(np.float32)
    found = compensated(weight, upper_factor(np.zeros((30, 30), np.float32)))
    np.testing.assert_array_equal(found.codes, nearest(weight).codes)
