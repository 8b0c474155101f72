"""Frames as eight-bit codes, each frame with a scale of its own.

A frame's codes run from its smallest number to its largest, and are taken from that frame alone:
one scale for the whole window is quicker by a few per cent and gives other labels. It also keeps a
frame's numbers independent of what else is in the batch (Jacob et al. 2018, section 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

CODES = 255  # of a frame: 0..255
FAINTEST = 1e-10  # a frame of nothing is divided by this
CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "int8.none": np.array(0.0, np.float32),
    "int8.last_axis": np.array([-1], np.int64),
    "int8.faintest": np.array(FAINTEST, np.float32),
    "int8.step": np.array(1.0 / CODES, np.float32),
}


class Steps:
    """The nodes that lead to one output; what they make is named after it."""

    def __init__(self, output: str) -> None:
        self.output = output
        self.nodes: list[onnx.NodeProto] = []

    def op(self, kind: str, *inputs: str, part: str, **attributes: Any) -> str:
        """Add a node that makes a part of the output; the part's name."""
        return self._add(kind, inputs, f"{self.output}.{part}", attributes)

    def split(self, x: str, count: int, axis: int) -> list[str]:
        """Cut ``x`` into equal pieces along an axis; their names."""
        names = [f"{self.output}.piece_{index}" for index in range(count)]
        node = helper.make_node("Split", [x], names, names[0], axis=axis, num_outputs=count)
        self.nodes.append(node)
        return names

    def last(self, kind: str, *inputs: str, **attributes: Any) -> None:
        """Add the node that makes the output itself."""
        self._add(kind, inputs, self.output, attributes)

    def _add(self, kind: str, inputs: Sequence[str], made: str, attributes: dict[str, Any]) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [made], made, **attributes))
        return made


@dataclass(frozen=True, slots=True)
class Coded:
    """``frames = low + step * codes``: codes uint8 [n, size], ``low`` and ``step`` [n, 1]."""

    codes: str
    step: str
    low: str


def coded(steps: Steps, parts: Sequence[str]) -> Coded:
    """Codes of frames [..., size]; their last axis may lie in several ``parts``, in order.

    Numbers are put together as codes: a quarter of the bytes.
    """
    rows = [
        steps.op("Flatten", part, part=f"rows_{index}", axis=-1) for index, part in enumerate(parts)
    ]
    top, bottom = (
        _farthest(steps, rows, kind, limit)
        for kind, limit in (("Max", "int8.faintest"), ("Min", "int8.none"))
    )
    span = steps.op("Sub", top, bottom, part="span")
    step = steps.op("Mul", span, "int8.step", part="step")
    lowest = steps.op("Round", steps.op("Div", bottom, step, part="below"), part="lowest")
    codes = _codes(steps, rows, step, lowest)
    return Coded(codes, step, steps.op("Mul", lowest, step, part="low"))


def _farthest(steps: Steps, rows: Sequence[str], kind: str, limit: str) -> str:
    found = [
        steps.op(f"Reduce{kind}", one, "int8.last_axis", part=f"{kind}_{index}")
        for index, one in enumerate(rows)
    ]
    return steps.op(kind, *found, limit, part=kind)


def _codes(steps: Steps, rows: Sequence[str], step: str, lowest: str) -> str:
    up = steps.op("Neg", lowest, part="up")
    zero_column = steps.op("Cast", up, part="zero_column", to=TensorProto.UINT8)
    zero = steps.op("Reshape", zero_column, "int8.last_axis", part="zero")
    scale = steps.op("Reshape", step, "int8.last_axis", part="scale")
    codes = [
        steps.op("QuantizeLinear", one, scale, zero, part=f"codes_{index}", axis=0)
        for index, one in enumerate(rows)
    ]
    return codes[0] if len(codes) == 1 else steps.op("Concat", *codes, part="codes", axis=-1)
