"""The positional convolution in eight bits: one matrix product for each group of channels.

A group's channels have one scale for a window. A row of a product is the stretch of frames that
two neighbouring frames hear; its weights stand twice, one frame apart: half as many rows of codes
to copy, and products twice as wide.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.frame_codes import Coded, Steps, coded
from sottovoce.wav2vec2.graph.rounding import nearest
from sottovoce.wav2vec2.graph.writer import MICROSOFT

TOGETHER = 2  # frames that share a row
CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "position.together": np.array(TOGETHER, np.int64),
    "position.first": np.array(0, np.int64),
    "position.starts": np.array([0], np.int64),
    "position.time": np.array([2], np.int64),
    "position.row": np.array([0, 0, 0, -1], np.int64),
    "position.column": np.array([-1, 1], np.int64),
}


@dataclass(frozen=True, slots=True)
class Position:
    """``output = conv(frames, weight) + bias``, both [batch, width, time], in so many groups."""

    frames: str
    weight: str
    bias: str
    output: str
    groups: int


def stored_position(
    position: Position, weight: FloatArray, bias: FloatArray
) -> dict[str, npt.NDArray[Any]]:
    """Codes and steps of each group, what frames of ones give, the bias, and shapes.

    ``weight`` is float32 [width, size, kernel], ``bias`` [width].
    """
    width, size, kernel = weight.shape
    name, groups = position.weight, position.groups
    found = nearest(weight.transpose(2, 1, 0).reshape(-1, width))
    steps = found.steps.reshape(groups, size)
    ones = found.codes.sum(axis=0, dtype=np.float32).reshape(groups, size) * steps
    values = {
        f"{name}.ones": _side_by_side(ones)[:, None],
        f"{name}.bias": _side_by_side(bias.reshape(groups, size))[:, None],
        f"{name}.taps": np.arange(kernel + TOGETHER - 1)[None],
        f"{name}.padding": np.array([kernel // 2, (kernel - 1) // 2 + TOGETHER - 1], np.int64),
        f"{name}.grouped": np.array([0, groups, size, -1], np.int64),
        f"{name}.each_group": np.array([-1, groups, 1, 1], np.int64),
        f"{name}.frames": np.array([0, 0, -1, size], np.int64),
        f"{name}.whole": np.array([0, width, -1], np.int64),
    }
    codes = found.codes.reshape(kernel, size, groups, size)
    for group in range(groups):
        values[f"{name}.codes_{group}"] = _shifted(codes[:, :, group])
        values[f"{name}.steps_{group}"] = np.tile(steps[group], TOGETHER)
    return values


def _side_by_side(values: FloatArray) -> FloatArray:
    return np.tile(values, TOGETHER).astype(np.float32)


def _shifted(codes: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Codes [kernel, size, size] for each frame of a row, one frame further down for the next."""
    kernel, size, _ = codes.shape
    rows = np.zeros((kernel + TOGETHER - 1, size, TOGETHER, size), np.int8)
    for place in range(TOGETHER):
        rows[place : place + kernel, :, place] = codes
    return rows.reshape(-1, TOGETHER * size)


def position_nodes(position: Position) -> list[onnx.NodeProto]:
    """The nodes that compute the convolution from what :func:`stored_position` keeps."""
    steps, name = Steps(position.output), position.weight
    grouped = steps.op("Reshape", position.frames, f"{name}.grouped", part="grouped")
    turned = steps.op("Transpose", grouped, part="turned", perm=[0, 1, 3, 2])
    padded = steps.op("Pad", turned, f"{name}.padding", "", "position.time", part="padded")
    found = coded(steps, (steps.op("Flatten", padded, part="flat", axis=2),))
    codes = steps.op("Reshape", found.codes, steps.op("Shape", padded, part="shape"), part="framed")
    time = steps.op("Shape", position.frames, part="time", start=2, end=3)
    total = _products(steps, position, codes, _places(steps, time, name))
    heard = _scaled(steps, found, total, name)
    frames = steps.op("Reshape", heard, f"{name}.frames", part="heard")
    exact = steps.op("Slice", frames, "position.starts", time, "position.time", part="exact")
    back = steps.op("Transpose", exact, part="back", perm=[0, 1, 3, 2])
    steps.last("Reshape", back, f"{name}.whole")
    return steps.nodes


def _places(steps: Steps, time: str, name: str) -> str:
    """Which frames each row hears, [rows, taps]."""
    stop = steps.op("Squeeze", time, part="stop")
    starts = steps.op("Range", "position.first", stop, "position.together", part="starts")
    column = steps.op("Reshape", starts, "position.column", part="start_column")
    return steps.op("Add", column, f"{name}.taps", part="places")


def _products(steps: Steps, position: Position, codes: str, places: str) -> str:
    """Codes [batch, groups, time, size] become sums [batch, groups, rows, frames * size]."""
    pieces = steps.split(codes, position.groups, axis=1)
    heard = [
        steps.op("Gather", piece, places, part=f"heard_{group}", axis=2)
        for group, piece in enumerate(pieces)
    ]
    products = [_product(steps, position.weight, group, one) for group, one in enumerate(heard)]
    return steps.op("Concat", *products, part="sum", axis=1)


def _product(steps: Steps, name: str, group: int, heard: str) -> str:
    rows = steps.op("Reshape", heard, "position.row", part=f"stretch_{group}")
    return steps.op(
        "MatMulIntegerToFloat",
        *(rows, f"{name}.codes_{group}", "int8.one", f"{name}.steps_{group}", "int8.zero"),
        part=f"sum_{group}",
        domain=MICROSOFT,
    )


def _scaled(steps: Steps, found: Coded, total: str, name: str) -> str:
    step, low = (
        steps.op("Reshape", one, f"{name}.each_group", part=f"group_{part}")
        for one, part in ((found.step, "step"), (found.low, "low"))
    )
    carried = steps.op("Mul", low, f"{name}.ones", part="carried")
    offset = steps.op("Add", carried, f"{name}.bias", part="offset")
    above = steps.op("Mul", total, step, part="above")
    return steps.op("Add", above, offset, part="scaled")
