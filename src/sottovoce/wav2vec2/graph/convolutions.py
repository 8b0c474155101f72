"""The convolutions that turn samples into frames, as matrix products over channels-last frames.

A convolution of stride s is a matrix product with each output's own stretch of input; where the
kernel is a multiple of the stride that stretch is a reshape, and nothing is copied.
"""

from dataclasses import dataclass
from math import prod

import numpy as np
from onnx import TensorProto

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.architecture import Architecture
from sottovoce.wav2vec2.graph.draft import Draft
from sottovoce.wav2vec2.graph.writer import Graph

CONV_EPSILON = 1e-5  # torch's default, whatever the configuration says of the other norms
HEARD = "stretches"  # what the first convolution hears
CONVOLVED = "convolved"  # what the last one gives, and what is cut off of it
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
    alone = graph.op("Unsqueeze", samples, graph.integers(-1))
    heard = stretches(graph, alone, Stretch(arch.conv_kernels[0], arch.conv_strides[0], 1))
    stride = prod(arch.conv_strides[1:])
    count = _count(graph, heard, Stretch(arch.reach(1), stride, 0))
    x = graph.op("Gelu", _first(draft, heard, count, stride))
    for index, kernel in enumerate(arch.conv_kernels[1:], 1):
        shape = Stretch(kernel, arch.conv_strides[index], arch.conv_channels[index - 1])
        x = graph.op("Gelu", _convolved(draft, following(graph, x, shape), index))
    graph.rename({x: CONVOLVED})
    return graph.slice_axis(CONVOLVED, 0, count, 1)


def outputs_ahead(arch: Architecture) -> int:
    """Frames' worth of the first convolution's outputs that a frame hears after its own."""
    stride = prod(arch.conv_strides[1:])
    return max(0, -(-arch.reach(1) // stride) - 1)


def stretches(graph: Graph, x: str, shape: Stretch) -> str:
    """Each output's stretch of input: [batch, time, kernel * channels], taps first."""
    kernel, stride = shape.kernel, shape.stride
    covered = graph.op("Mul", _count(graph, x, shape), graph.integers(stride))
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


def following(graph: Graph, x: str, shape: Stretch) -> str:
    """The same of [batch, n * stride, channels] for n outputs, which copies less.

    Where the last ones hear further than there are frames, they hear the last frame again.
    """
    kernel, stride = shape.kernel, shape.stride
    parts = [graph.op("Reshape", x, graph.integers(0, -1, stride * shape.channels))]
    last = graph.op("Sub", graph.op("Shape", x, start=1, end=2), graph.integers(1))
    for tap in range(stride, kernel):
        begin, step = graph.constant(np.int64(tap)), graph.constant(np.int64(stride))
        stop = graph.op("Squeeze", graph.op("Add", last, graph.integers(tap + 1)))
        places = graph.op("Min", graph.op("Range", begin, stop, step), last)
        parts.append(graph.op("Gather", x, places, axis=1))
    return parts[0] if len(parts) == 1 else graph.op("Concat", *parts, axis=-1)


def _count(graph: Graph, x: str, shape: Stretch) -> str:
    last = graph.op("Sub", graph.op("Shape", x, start=1, end=2), graph.integers(shape.kernel))
    return graph.op("Add", graph.op("Div", last, graph.integers(shape.stride)), graph.integers(1))


def _first(draft: Draft, heard: str, count: str, stride: int) -> str:
    """The first convolution, and after its last outputs as many more as make every later one's
    input a multiple of its stride; what comes of them is cut off at the end.
    """
    graph, reach = draft.graph, draft.arch.reach(1)
    more = outputs_ahead(draft.arch)
    rows = graph.op("Mul", graph.op("Add", count, graph.integers(more)), graph.integers(stride))
    padding = graph.integers(0, max(0, (more + 1) * stride - reach))

    def longer(frames: str) -> str:
        padded = graph.op("Pad", frames, padding, "", graph.integers(1))
        graph.rename({graph.slice_axis(padded, 0, rows, 1): HEARD})
        return HEARD

    if draft.arch.conv_norm == "layer":
        return _convolved(draft, longer(heard), 0)
    centred = graph.op("Sub", heard, graph.op("ReduceMean", heard, graph.integers(1)))
    one_more, one = graph.integers(0, 0, 0, 0, 0, 1), graph.constant(np.float32(1.0))
    with_one = graph.op("Pad", centred, one_more, one)
    return graph.op("MatMul", longer(with_one), _over_time(draft, centred))


def _convolved(draft: Draft, frames: str, index: int) -> str:
    graph, arch = draft.graph, draft.arch
    name = f"feature_extractor.conv_layers.{index}"
    product = graph.op("MatMul", frames, graph.weight(f"{name}.weight", _matrix(draft, index)))
    if arch.conv_bias:
        product = graph.op("Add", product, draft.weight(f"{name}.conv.bias"))
    if arch.conv_norm == "group":
        return product
    return draft.norm(product, f"{name}.layer_norm", CONV_EPSILON)


def _matrix(draft: Draft, index: int) -> FloatArray:
    """Weights [taps * channels, out]; a stretch has all frames up to the next, heard or not."""
    weight = draft.weights[f"feature_extractor.conv_layers.{index}.conv.weight"]
    unheard = max(0, draft.arch.conv_strides[index] - weight.shape[2]) if index else 0
    taps = np.pad(weight.transpose(2, 1, 0), ((0, unheard), (0, 0), (0, 0)))
    return taps.reshape(-1, weight.shape[0])


def _over_time(draft: Draft, centred: str) -> str:
    """The first convolution and its norm over time as one matrix, for centred stretches and a one.

    A channel is a linear function of a stretch of samples, so its mean is zero for centred
    stretches and its variance is a quadratic form of their covariance, a matrix of ten by ten.
    The bias is one more row, met by the one.
    """
    graph, name = draft.graph, "feature_extractor.conv_layers.0"
    kernel = graph.weight(f"{name}.kernel", _matrix(draft, 0))
    count = graph.op("Cast", graph.op("Shape", centred, start=1, end=2), to=TensorProto.FLOAT)
    turned = graph.op("Transpose", centred, perm=[0, 2, 1])
    covariance = graph.op("Div", graph.op("MatMul", turned, centred), count)
    spread = graph.op("Mul", kernel, graph.op("MatMul", covariance, kernel))
    variance = graph.op("ReduceSum", spread, graph.integers(1))
    epsilon = graph.constant(np.float32(CONV_EPSILON))
    deviation = graph.op("Sqrt", graph.op("Add", variance, epsilon))
    scale = graph.op("Div", draft.weight(f"{name}.layer_norm.weight"), deviation)
    bias = graph.op("Expand", draft.weight(f"{name}.layer_norm.bias"), graph.op("Shape", scale))
    return graph.op("Concat", graph.op("Mul", kernel, scale), bias, axis=1)
