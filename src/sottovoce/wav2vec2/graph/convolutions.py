"""The convolutions that turn samples into frames, as matrix products over channels-last frames.

A convolution of stride s is a matrix product with each output's own stretch of input; where the
kernel is a multiple of the stride that stretch is a reshape, and nothing is copied.
"""

from dataclasses import dataclass

import numpy as np
from onnx import TensorProto

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.draft import Draft
from sottovoce.wav2vec2.graph.writer import Graph

CONV_EPSILON = 1e-5  # torch's default, whatever the configuration says of the other norms
NORMALISE_EPSILON = np.float32(1e-7)  # of Wav2Vec2FeatureExtractor


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one output of a convolution hears: ``kernel`` frames, the next ``stride`` later."""

    kernel: int
    stride: int
    channels: int


def normalised(graph: Graph, samples: str) -> str:
    """Zero mean and unit variance over each window, as the checkpoint's extractor does it."""
    centred = graph.op("Sub", samples, graph.op("ReduceMean", samples, graph.integers(-1)))
    power = graph.op("ReduceMean", graph.op("Mul", centred, centred), graph.integers(-1))
    deviation = graph.op("Sqrt", graph.op("Add", power, graph.constant(NORMALISE_EPSILON)))
    return graph.op("Div", centred, deviation)


def convolutions(draft: Draft, samples: str) -> str:
    """Samples [batch, n] become frames [batch, time, channels], one every 20 ms."""
    graph, arch = draft.graph, draft.arch
    x = graph.op("Unsqueeze", samples, graph.integers(-1))
    channels = 1
    for index, stride in enumerate(arch.conv_strides):
        shape = Stretch(arch.conv_kernels[index], stride, channels)
        x = graph.op("Gelu", _convolved(draft, stretches(graph, x, shape), index))
        channels = arch.conv_channels[index]
    return x


def stretches(graph: Graph, x: str, shape: Stretch) -> str:
    """Each output's stretch of input: [batch, time, kernel * channels], taps first."""
    kernel, stride = shape.kernel, shape.stride
    last = graph.op("Sub", graph.op("Shape", x, start=1, end=2), graph.integers(kernel))
    count = graph.op("Add", graph.op("Div", last, graph.integers(stride)), graph.integers(1))
    covered = graph.op("Mul", count, graph.integers(stride))
    whole = kernel // stride * stride
    parts = []
    for start in [*range(0, whole, stride), *range(whole, kernel)]:
        end = graph.op("Add", covered, graph.integers(start))
        if start < whole:
            rows = graph.integers(0, -1, stride * shape.channels)
            parts.append(graph.op("Reshape", graph.slice_axis(x, start, end, 1), rows))
        else:
            parts.append(graph.slice_axis(x, start, end, 1, stride))
    return parts[0] if len(parts) == 1 else graph.op("Concat", *parts, axis=-1)


def _convolved(draft: Draft, frames: str, index: int) -> str:
    graph, arch, weights = draft.graph, draft.arch, draft.weights
    name = f"feature_extractor.conv_layers.{index}"
    weight = weights[f"{name}.conv.weight"]
    matrix = weight.transpose(2, 1, 0).reshape(-1, weight.shape[0])
    if arch.conv_norm == "group" and index == 0:
        return _over_time(draft, frames, matrix)
    product = graph.op("MatMul", frames, graph.weight(f"{name}.weight", matrix))
    if arch.conv_bias:
        product = graph.op("Add", product, draft.weight(f"{name}.conv.bias"))
    if arch.conv_norm == "group":
        return product
    return draft.norm(product, f"{name}.layer_norm", CONV_EPSILON)


def _over_time(draft: Draft, frames: str, matrix: FloatArray) -> str:
    """The first convolution and its norm over time, folded into one matrix product.

    A channel is a linear function of a stretch of samples, so its mean is zero for centred
    stretches and its variance is a quadratic form of their covariance, a matrix of ten by ten.
    The bias is one more row of the product, met by a one in each stretch.
    """
    graph, name = draft.graph, "feature_extractor.conv_layers.0"
    kernel = graph.weight(f"{name}.kernel", matrix)
    centred = graph.op("Sub", frames, graph.op("ReduceMean", frames, graph.integers(1)))
    count = graph.op("Cast", graph.op("Shape", frames, start=1, end=2), to=TensorProto.FLOAT)
    turned = graph.op("Transpose", centred, perm=[0, 2, 1])
    covariance = graph.op("Div", graph.op("MatMul", turned, centred), count)
    spread = graph.op("Mul", kernel, graph.op("MatMul", covariance, kernel))
    variance = graph.op("ReduceSum", spread, graph.integers(1))
    epsilon = graph.constant(np.float32(CONV_EPSILON))
    deviation = graph.op("Sqrt", graph.op("Add", variance, epsilon))
    scale = graph.op("Div", draft.weight(f"{name}.layer_norm.weight"), deviation)
    bias = graph.op("Expand", draft.weight(f"{name}.layer_norm.bias"), graph.op("Shape", scale))
    one_more, one = graph.integers(0, 0, 0, 0, 0, 1), graph.constant(np.float32(1.0))
    rows = graph.op("Concat", graph.op("Mul", kernel, scale), bias, axis=1)
    return graph.op("MatMul", graph.op("Pad", centred, one_more, one), rows)
