"""A blend: the linear model over functionals and the small network, one score.

They err differently: alone each reaches about two thirds on new voices, together more. The score
is ``log softmax(2 linear) + (log softmax(net) + log softmax(net against the mean voice)) / 4``;
the weights were set on runs over RAVDESS alone (``docs/log.md``).
"""

from dataclasses import dataclass, field

import numpy as np
from onnx import ModelProto, helper, load_from_string
from scipy.special import log_softmax

from sottovoce.domain import FloatArray
from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.images import Images
from sottovoce.training.linear import (
    LinearModel,
    LinearOptions,
    linear_constants,
    linear_nodes,
    tensor_constant,
    tensor_info,
)
from sottovoce.training.linear_family import LinearFamily
from sottovoce.training.net.examples import net_examples
from sottovoce.training.net.export import net_graph
from sottovoce.training.net.fit import FittedNet
from sottovoce.training.net.options import NetOptions
from sottovoce.training.net.store import kept_net
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import FitStore

LINEAR_SHARPNESS = 2.0
NET_SHARE = 0.25
EVERY_NTH = 8  # window of the training part makes the mean voice


@dataclass(frozen=True, slots=True)
class BlendOptions:
    """``penalties`` as of the linear model, ``net`` those of the network."""

    penalties: tuple[float, ...] = (0.0001,)
    net: NetOptions = field(default_factory=NetOptions)


@dataclass(frozen=True, slots=True, eq=False)
class FittedBlend:
    """Both models fitted, and ``centre``, the mean embedding of the voices heard in training."""

    linear: LinearModel
    net: FittedNet
    centre: FloatArray

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        """Score of each label for some windows, float64 [windows, labels]."""
        embeddings = self.net.embeddings(examples.images.only(windows))
        linear = self.linear.scores(examples.vectors[windows])
        net = log_softmax(self.net.logits(embeddings), axis=1)
        own = log_softmax(self.net.own_logits(embeddings, self.centre), axis=1)
        sharp = log_softmax(LINEAR_SHARPNESS * linear, axis=1)
        blended: Float64Array = sharp + NET_SHARE * (net + own)
        return blended

    def graph(self, scaling: Scaling) -> bytes:
        """``functionals``, ``mel`` and ``acf`` in, ``probabilities`` out."""
        return blend_graph(self.linear, net_graph(self.net), self.centre, scaling)


@dataclass(frozen=True, slots=True, eq=False)
class BlendFamily:
    """Blends; fitted networks are kept in ``store``, ``noise`` are images of disturbing sounds."""

    options: BlendOptions
    inner: int
    seed: int
    noise: Images | None
    store: FitStore

    def fit(self, examples: Examples, clips: IntArray) -> FittedBlend:
        """Fit both models on some clips."""
        options = LinearOptions(self.options.penalties)
        linear = LinearFamily(options, self.inner, self.seed, self.store)
        windows = examples.windows_of(clips)
        learnt = net_examples(examples.images, examples.clips, examples.clip_of, examples.labels)
        net = kept_net(self.store, learnt.only(windows), self.options.net, self.seed, self.noise)
        voices = net.embeddings(examples.images.only(windows[::EVERY_NTH]))
        model = linear.fit(examples, clips).model
        return FittedBlend(model, net, voices.mean(axis=0))


def blend_graph(linear: LinearModel, net: bytes, centre: FloatArray, scaling: Scaling) -> bytes:
    """One ONNX graph of both; the mean voice stands in it as a constant."""
    model: ModelProto = load_from_string(net)
    graph = model.graph
    for value in [value for value in graph.input if value.name == "centre"]:
        graph.input.remove(value)
    graph.input.append(tensor_info("functionals", len(linear.mean)))
    constants = {
        **linear_constants(linear),
        "sharpness": np.array(LINEAR_SHARPNESS),
        "net_share": np.array(NET_SHARE),
        "scale": np.array(scaling.scale),
        "offset": np.array(scaling.offset),
        "centre": centre[None],
    }
    graph.initializer.extend(tensor_constant(name, value) for name, value in constants.items())
    steps = (
        *linear_nodes(),
        ("Mul", ["scores", "sharpness"], "sharp"),
        ("LogSoftmax", ["sharp"], "linear_log"),
        ("LogSoftmax", ["net_logits"], "net_log"),
        ("LogSoftmax", ["net_own_logits"], "own_log"),
        ("Add", ["net_log", "own_log"], "both_log"),
        ("Mul", ["both_log", "net_share"], "net_part"),
        ("Add", ["linear_log", "net_part"], "blended"),
        ("Mul", ["blended", "scale"], "scaled"),
        ("Add", ["scaled", "offset"], "logits"),
        ("Softmax", ["logits"], "probabilities"),
    )
    graph.node.extend(helper.make_node(kind, ins, [out]) for kind, ins, out in steps)
    del graph.output[:]
    graph.output.append(tensor_info("probabilities", len(linear.bias)))
    return bytes(model.SerializeToString())
