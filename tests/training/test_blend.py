"""The blended graph says what the two models say together."""

import numpy as np
import onnxruntime
import torch

from sottovoce.features.net_input import net_input
from sottovoce.training.blend import FittedBlend
from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.images import images_of
from sottovoce.training.linear import LinearModel, Machine, Population
from sottovoce.training.linear_family import FittedLinear
from sottovoce.training.net.fit import FittedNet
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions
from sottovoce.training.voice import Voice

LABELS = ("happy", "sad", "angry")


def test_the_graph_agrees_with_the_scores() -> None:
    random = np.random.default_rng(1)
    sounds = [random.normal(0, 0.1, n).astype(np.float32) for n in (16_000, 40_000)]
    options = NetOptions(width=4, hidden=16, embedding=8, blocks=1)
    torch.manual_seed(1)
    population = Population(
        random.normal(size=5).astype(np.float32),
        *(random.uniform(0.5, 2, 5).astype(np.float32) for _ in range(3)),
    )
    machines = (
        Machine(random.normal(size=(5, 3)).astype(np.float32), np.zeros(3, np.float32))
        for _ in range(2)
    )
    model = LinearModel(population, *machines)
    net = FittedNet(EmotionNet(options, len(LABELS)).eval())
    blend = FittedBlend(FittedLinear(model), net, random.normal(size=8).astype(np.float32))
    vectors = random.normal(size=(2, 5)).astype(np.float32)
    images = images_of(sounds)
    examples = Examples((), LABELS, np.zeros(0, int), vectors, images, np.arange(2), np.ones(2))
    scaling = Scaling((1.5, 1.5, 1.5), (0.0, 0.1, 0.0))
    sensed = blend.sense(examples, np.arange(2))
    voice = Voice(3, *(random.normal(size=n).astype(np.float32) for n in (5, 5, 8)))
    session = onnxruntime.InferenceSession(blend.graph(scaling))
    told = {
        "own_memos": np.float32([3]),
        "own_mean": voice.mean[None],
        "own_deviation": voice.deviation[None],
        "own_embedding": voice.embedding[None],
    }
    expected = scaling.apply(blend.judge(sensed)), scaling.apply(blend.judge(sensed, voice))
    outputs = ["probabilities", "own_probabilities", "embedding", "distance"]
    for row, (sound, vector) in enumerate(zip(sounds, vectors, strict=True)):
        mel, acf = net_input(sound)
        given = {"functionals": vector[None], "mel": mel[None], "acf": acf[None]}
        absolute, own, embedding, distance = session.run(outputs, {**given, **told})
        np.testing.assert_allclose(absolute[0], expected[0][row], atol=1e-4)
        np.testing.assert_allclose(own[0], expected[1][row], atol=1e-4)
        np.testing.assert_allclose(embedding[0], sensed.embeddings[row], atol=1e-4)
        np.testing.assert_allclose(distance.item(), blend.distances(sensed)[row], rtol=1e-4)
        without = session.run(outputs[:2], given)
        np.testing.assert_allclose(without[0], without[1], atol=1e-6)
