"""The linear model learns what is linear, and its graph says what it says."""

import numpy as np
import onnxruntime

from sottovoce.training.calibration import Scaling
from sottovoce.training.linear import fit_linear, linear_graph

RANDOM = np.random.default_rng(1)


def made(n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    truth = RANDOM.integers(0, 3, n)
    vectors = RANDOM.normal(size=(n, 12)).astype(np.float32)
    vectors[np.arange(n), truth] += 3.0
    return vectors, truth


def test_it_learns_and_its_graph_agrees() -> None:
    vectors, truth = made()
    model = fit_linear(vectors, truth, penalty=0.01, seed=0)
    fresh, fresh_truth = made()
    scores = model.scores(fresh)
    assert (scores.argmax(axis=1) == fresh_truth).mean() > 0.9
    scaling = Scaling((2.0, 2.0, 2.0), (0.1, 0.0, -0.1))
    session = onnxruntime.InferenceSession(linear_graph(model, scaling))
    (probabilities,) = session.run(None, {"functionals": fresh})
    np.testing.assert_allclose(probabilities, scaling.apply(scores), atol=1e-5)


def test_one_wild_value_is_limited() -> None:
    vectors, truth = made()
    model = fit_linear(vectors, truth, penalty=0.01, seed=0)
    tame, wild = vectors[:1].copy(), vectors[:1].copy()
    tame[0, 5] = model.mean[5] + 5 * model.deviation[5]
    wild[0, 5] = 1e9
    np.testing.assert_allclose(model.scores(tame), model.scores(wild), rtol=1e-4)
