"""One matrix product in eight bits: weights scaled for each output, activations for each frame."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.frame_codes import Coded, Steps, coded
from sottovoce.wav2vec2.graph.rounding import Codes
from sottovoce.wav2vec2.graph.writer import MICROSOFT

CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "int8.one": np.array(1.0, np.float32),
    "int8.zero": np.array(0, np.uint8),
    "int8.one_more": np.array([0, 0, 0, 1], np.int64),
}


@dataclass(frozen=True, slots=True)
class Product:
    """``output = frames @ weight + bias``; ``bias`` is the name of a constant, or None.

    The last axis of the frames lies in one or several ``parts``, in order.
    """

    parts: tuple[str, ...]
    weight: str
    output: str
    bias: str | None = None


def stored(name: str, found: Codes, bias: FloatArray | None) -> dict[str, npt.NDArray[Any]]:
    """Codes and steps; what a frame of ones gives and the bias, which a frame's offset carries."""
    ones = found.codes.sum(axis=0, dtype=np.float32) * found.steps
    carried = [ones] if bias is None else [ones, np.asarray(bias, np.float32)]
    return {
        f"{name}.codes": found.codes,
        f"{name}.steps": found.steps,
        f"{name}.offsets": np.stack(carried),
        f"{name}.n_outputs": np.array([len(ones)], np.int64),
    }


def product_nodes(product: Product) -> list[onnx.NodeProto]:
    """The nodes that compute the product from what :func:`stored` keeps."""
    steps, name = Steps(product.output), product.weight
    frames = coded(steps, product.parts)
    total = steps.op(
        "MatMulIntegerToFloat",
        *(frames.codes, f"{name}.codes", "int8.one", f"{name}.steps", "int8.zero"),
        part="sum",
        domain=MICROSOFT,
    )
    above = steps.op("Mul", total, frames.step, part="above")
    both = steps.op("Add", above, _offset(steps, frames, product), part="both")
    outer = steps.op("Shape", product.parts[0], part="outer", start=0, end=-1)
    shape = steps.op("Concat", outer, f"{name}.n_outputs", part="shape", axis=0)
    steps.last("Reshape", both, shape)
    return steps.nodes


def _offset(steps: Steps, frames: Coded, product: Product) -> str:
    carriers = frames.low
    if product.bias:
        carriers = steps.op("Pad", frames.low, "int8.one_more", "int8.one", part="carriers")
    return steps.op("MatMul", carriers, f"{product.weight}.offsets", part="offset")
