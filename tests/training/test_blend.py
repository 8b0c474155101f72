"""The blended graph says what the two models say together."""

import numpy as np
import onnxruntime
import torch

from sottovoce.features.net_input import net_input
from sottovoce.training.blend import FittedBlend
from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.images import images_of
from sottovoce.training.linear import LinearModel
from sottovoce.training.net.fit import FittedNet
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions

LABELS = ("happy", "sad", "angry")


def test_the_graph_agrees_with_the_scores() -> None:
    random = np.random.default_rng(1)
    sounds = [random.normal(0, 0.1, n).astype(np.float32) for n in (16_000, 40_000)]
    options = NetOptions(width=4, hidden=16, embedding=8, blocks=1)
    torch.manual_seed(1)
    blend = FittedBlend(
        linear=LinearModel(*(random.normal(size=s).astype(np.float32) for s in (5, 5, (5, 3), 3))),
        net=FittedNet(EmotionNet(options, len(LABELS)).eval()),
        centre=random.normal(size=8).astype(np.float32),
    )
    vectors = random.normal(size=(2, 5)).astype(np.float32)
    images = images_of(sounds)
    examples = Examples((), LABELS, np.zeros(0, int), vectors, images, np.arange(2), np.ones(2))
    scaling = Scaling((1.5, 1.5, 1.5), (0.0, 0.1, 0.0))
    expected = scaling.apply(blend.scores(examples, np.arange(2)))
    session = onnxruntime.InferenceSession(blend.graph(scaling))
    for sound, vector, row in zip(sounds, vectors, expected, strict=True):
        mel, acf = net_input(sound)
        given = {"functionals": vector[None], "mel": mel[None], "acf": acf[None]}
        (said,) = session.run(["probabilities"], given)
        np.testing.assert_allclose(said[0], row, atol=1e-4)
