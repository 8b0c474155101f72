"""One matrix product in eight bits: weights scaled for each output, activations for each frame.

A frame's codes run from its smallest number to its largest, and are taken from that frame alone:
one scale for the whole window is quicker by a few per cent and gives other labels. It also keeps a
frame's numbers independent of what else is in the batch (Jacob et al. 2018, section 2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.rounding import Codes
from sottovoce.wav2vec2.graph.writer import MICROSOFT

CODES = 255  # of a frame: 0..255
FAINTEST = 1e-10  # a frame of nothing is divided by this
CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "int8.one": np.array(1.0, np.float32),
    "int8.none": np.array(0.0, np.float32),
    "int8.last_axis": np.array([-1], np.int64),
    "int8.zero": np.array(0, np.uint8),
    "int8.faintest": np.array(FAINTEST, np.float32),
    "int8.step": np.array(1.0 / CODES, np.float32),
    "int8.one_more": np.array([0, 0, 0, 1], np.int64),
}


@dataclass(frozen=True, slots=True)
class Product:
    """``output = frames @ weight + bias``; ``bias`` is the name of a constant, or None."""

    frames: str
    weight: str
    output: str
    bias: str | None = None


def stored(name: str, found: Codes, bias: FloatArray | None) -> dict[str, npt.NDArray[Any]]:
    """Codes and steps; what a frame of ones gives and the bias, which a frame's offset carries."""
    n_inputs, n_outputs = found.codes.shape
    ones = found.codes.sum(axis=0, dtype=np.float32) * found.steps
    offset = np.zeros_like(ones) if bias is None else np.asarray(bias, np.float32)
    return {
        f"{name}.codes": found.codes,
        f"{name}.steps": found.steps,
        f"{name}.offsets": np.stack([ones, offset]),
        f"{name}.n_inputs": np.array([-1, n_inputs], np.int64),
        f"{name}.n_outputs": np.array([n_outputs], np.int64),
    }


def product_nodes(product: Product) -> Iterator[onnx.NodeProto]:
    """The nodes that compute the product from what :func:`stored` keeps."""
    name, output = product.weight, product.output

    def step(kind: str, inputs: list[str], part: str, **attributes: Any) -> onnx.NodeProto:
        return helper.make_node(
            kind, inputs, [f"{output}.{part}"], f"{output}.{part}", **attributes
        )

    yield step("Reshape", [product.frames, f"{name}.n_inputs"], "rows")
    yield step("ReduceMax", [f"{output}.rows", "int8.last_axis"], "largest")
    yield step("ReduceMin", [f"{output}.rows", "int8.last_axis"], "smallest")
    yield step("Max", [f"{output}.largest", "int8.none"], "top")
    yield step("Min", [f"{output}.smallest", "int8.none"], "bottom")
    yield step("Sub", [f"{output}.top", f"{output}.bottom"], "range")
    yield step("Max", [f"{output}.range", "int8.faintest"], "width")
    yield step("Mul", [f"{output}.width", "int8.step"], "step")
    yield step("Div", [f"{output}.bottom", f"{output}.step"], "steps_below")
    yield step("Round", [f"{output}.steps_below"], "lowest")
    yield step("Neg", [f"{output}.lowest"], "steps_up")
    yield step("Cast", [f"{output}.steps_up"], "zero_column", to=TensorProto.UINT8)
    yield step("Reshape", [f"{output}.zero_column", "int8.last_axis"], "zero")
    yield step("Reshape", [f"{output}.step", "int8.last_axis"], "step_row")
    yield step(
        "QuantizeLinear",
        [f"{output}.rows", f"{output}.step_row", f"{output}.zero"],
        "codes",
        axis=0,
    )
    yield step(
        "MatMulIntegerToFloat",
        [f"{output}.codes", f"{name}.codes", "int8.one", f"{name}.steps", "int8.zero"],
        "sum",
        domain=MICROSOFT,
    )
    yield step("Mul", [f"{output}.sum", f"{output}.step"], "above")
    yield step("Mul", [f"{output}.lowest", f"{output}.step"], "low")
    yield step("Pad", [f"{output}.low", "int8.one_more", "int8.one"], "carriers")
    yield step("MatMul", [f"{output}.carriers", f"{name}.offsets"], "offset")
    yield step("Add", [f"{output}.above", f"{output}.offset"], "both")
    yield step("Shape", [product.frames], "outer", start=0, end=-1)
    yield helper.make_node(
        "Concat",
        [f"{output}.outer", f"{name}.n_outputs"],
        [f"{output}.shape"],
        f"{output}.shape",
        axis=0,
    )
    yield helper.make_node("Reshape", [f"{output}.both", f"{output}.shape"], [output], output)
