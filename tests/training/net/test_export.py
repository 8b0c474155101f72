"""The graph says what torch says, for windows of any length."""

import numpy as np
import onnxruntime
import pytest
import torch

from sottovoce.features.net_input import net_input
from sottovoce.training.images import images_of
from sottovoce.training.net.export import INPUTS, OUTPUTS, net_graph
from sottovoce.training.net.fit import FittedNet, one_thread
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions


@pytest.fixture(scope="module")
def fitted() -> FittedNet:
    """Random weights, and statistics that are not the trivial ones."""
    with one_thread(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        net = EmotionNet(NetOptions(width=4, hidden=32), 8)
        for name, value in net.state_dict().items():
            if name.endswith("running_var"):
                value.uniform_(0.5, 2)
            elif name.endswith("running_mean"):
                value.normal_(0, 0.2)
    return FittedNet(net.eval())


@pytest.fixture(scope="module")
def session(fitted: FittedNet) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(net_graph(fitted))


@pytest.mark.parametrize("seconds", [0.01, 0.05, 0.25, 1.0, 3.3, 8.0])
def test_parity(fitted: FittedNet, session: onnxruntime.InferenceSession, seconds: float) -> None:
    random = np.random.default_rng(round(seconds * 100))
    sound = random.normal(0, 0.1, round(seconds * 16_000)).astype(np.float32)
    mel, acf = net_input(sound)
    feed = {"mel": mel[None], "acf": acf[None]}
    logits, embedding = session.run(list(OUTPUTS), feed)
    expected = fitted.embeddings(images_of([sound]))
    np.testing.assert_allclose(embedding, expected, atol=1e-4)
    np.testing.assert_allclose(logits, fitted.logits(expected), atol=1e-4)


def test_names_and_shapes(session: onnxruntime.InferenceSession) -> None:
    assert [each.name for each in session.get_inputs()] == list(INPUTS)
    assert [each.name for each in session.get_outputs()] == list(OUTPUTS)
    assert [each.shape for each in session.get_inputs()] == [
        [1, "frames", 64],
        [1, "frames", 48],
    ]
    assert [each.shape[1] for each in session.get_outputs()] == [8, 128]
