"""What the matrix products of a model hear while real speech runs through it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from sottovoce.domain import FloatArray
from sottovoce.runtime import file_sha256, open_session
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, read_model
from sottovoce.wav2vec2.graph.rounding import Codes, compensated, upper_factor

LISTENING_FILE = "listening.onnx"
FLOATS_AT_ONCE = 128 * 1024 * 1024  # of Gram matrices: half a gigabyte


@dataclass(frozen=True, slots=True)
class Input:
    """A tensor of the graph, the weights [size, out] it is multiplied with."""

    name: str
    size: int
    weights: tuple[str, ...]


def calibrated(
    folder: Path, names: Sequence[str], windows: Sequence[FloatArray]
) -> Iterator[Mapping[str, Codes]]:
    """Eight-bit codes of the named weights of the model in ``folder``, some at a time.

    ``windows`` are real speech, float32 [n] each: the weights are rounded for what they hear.
    """
    model = read_model(folder)
    for part in _portions(inputs_of(model.graph, names, model.weights)):
        for heard, gram in zip(part, grams(folder, part, windows), strict=True):
            upper = upper_factor(gram)
            yield {
                name: compensated(np.asarray(model.weights[name], np.float32), upper)
                for name in heard.weights
            }


def inputs_of(
    graph: onnx.ModelProto, names: Sequence[str], weights: Mapping[str, FloatArray]
) -> list[Input]:
    """The inputs of the products with these weights; those of one input together."""
    chosen, heard = set(names), dict[str, list[str]]()
    for node in graph.graph.node:
        if node.op_type == "MatMul" and node.input[1] in chosen:
            heard.setdefault(node.input[0], []).append(node.input[1])
    return [Input(name, len(weights[found[0]]), tuple(found)) for name, found in heard.items()]


def grams(folder: Path, inputs: Sequence[Input], windows: Sequence[FloatArray]) -> list[FloatArray]:
    """Each input's Gram matrix over the frames of all windows, float32 [size, size]."""
    graph = onnx.load(folder / GRAPH_FILE, load_external_data=False)
    del graph.graph.output[:]
    for index, one in enumerate(inputs):
        found = f"gram_{index}"
        frames = [one.name, one.name]
        graph.graph.node.append(helper.make_node("Einsum", frames, [found], equation="bti,btj->ij"))
        shape = [one.size, one.size]
        graph.graph.output.append(helper.make_tensor_value_info(found, TensorProto.FLOAT, shape))
    listening = folder / LISTENING_FILE
    listening.write_bytes(graph.SerializeToString(deterministic=True))
    session = open_session.__wrapped__(listening, file_sha256(listening))
    total = session.run(None, {"samples": windows[0][None]})
    for window in windows[1:]:
        for kept, heard in zip(total, session.run(None, {"samples": window[None]}), strict=True):
            kept += heard
    return list(total)


def _portions(inputs: Sequence[Input]) -> Iterator[list[Input]]:
    portion = list[Input]()
    for one in inputs:
        if portion and sum(other.size**2 for other in [*portion, one]) > FLOATS_AT_ONCE:
            yield portion
            portion = []
        portion.append(one)
    yield portion
