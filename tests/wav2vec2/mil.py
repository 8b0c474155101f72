"""Runs a Core ML program without a Mac: each operation by its published definition, in torch.

Only the operations that our packages have; https://apple.github.io/coremltools, "MIL Ops". It reads
the saved file's own protobuf, not the converter's memory of it.
"""

from pathlib import Path
from typing import Any

import coremltools as ct
import numpy as np
import torch
from coremltools.converters.mil.frontend.milproto.load import load as load_program
from torch.nn import functional


def run_package(package: Path, samples: np.ndarray) -> np.ndarray:
    """The logits that the saved program gives."""
    model = ct.models.MLModel(str(package), skip_model_load=True)
    program = load_program(
        model.get_spec(), model.get_spec().specificationVersion, file_weights_dir=model.weights_dir
    )
    main = program.functions["main"]
    known: dict[str, Any] = {"samples": torch.from_numpy(samples)[None]}

    def value(given: Any) -> Any:
        if isinstance(given, (list, tuple)):
            return [value(one) for one in given]
        if given.name in known:
            return known[given.name]
        return given.val

    for op in main.operations:
        if op.op_type == "const":
            continue
        given = {name: value(one) for name, one in op.inputs.items() if one is not None}
        known[op.outputs[0].name] = OPERATIONS[op.op_type](**given)
    return np.asarray(known[main.outputs[0].name][0])


def tensor(x: Any) -> torch.Tensor:
    return x if isinstance(x, torch.Tensor) else torch.from_numpy(np.array(x))


def ints(x: Any) -> list[int]:
    return [int(one) for one in np.asarray(x).reshape(-1)]


def conv(x: Any, weight: Any, bias: Any = None, **given: Any) -> torch.Tensor:
    assert given["pad_type"] == "valid"
    assert ints(given["dilations"]) == [1]
    bias = None if bias is None else tensor(bias)
    strides, groups = ints(given["strides"]), int(given["groups"])
    return functional.conv1d(x, tensor(weight), bias, strides, groups=groups)


def layer_norm(x: Any, axes: Any, gamma: Any, beta: Any, epsilon: Any) -> torch.Tensor:
    assert ints(axes) in ([-1], [2])
    gamma, beta = tensor(gamma), tensor(beta)
    return functional.layer_norm(x, gamma.shape, gamma, beta, float(epsilon))


def padded(x: Any, pad: Any, mode: str, constant_val: Any) -> torch.Tensor:
    assert mode == "constant"
    before_after = np.asarray(pad).reshape(-1, 2)[::-1]
    return functional.pad(x, ints(before_after), value=float(constant_val))


def matmul(x: Any, y: Any, transpose_x: Any, transpose_y: Any) -> torch.Tensor:
    x, y = (a.transpose(-1, -2) if t else a for a, t in ((x, transpose_x), (y, transpose_y)))
    return x @ y


def sliced(x: Any, begin: Any, end: Any, end_mask: Any, squeeze_mask: Any = None,
           **rest: Any) -> torch.Tensor:  # fmt: skip
    assert not rest.keys() - {"begin_mask", "stride"}
    squeezed = np.zeros(x.ndim, bool) if squeeze_mask is None else squeeze_mask
    place = tuple(
        int(b) if s else slice(int(b), None if m else int(e))
        for b, e, m, s in zip(begin, end, end_mask, squeezed, strict=True)
    )
    return x[place]


def cumsum(x: Any, axis: Any, exclusive: Any, reverse: Any) -> torch.Tensor:
    assert not exclusive
    assert not reverse
    return torch.cumsum(x, int(axis))


OPERATIONS: dict[str, Any] = {
    "add": lambda x, y: tensor(x) + tensor(y),
    "sub": lambda x, y: tensor(x) - tensor(y),
    "mul": lambda x, y: tensor(x) * tensor(y),
    "real_div": lambda x, y: tensor(x) / tensor(y),
    "sqrt": torch.sqrt,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": lambda x, mode: {"EXACT": functional.gelu}[mode](x),
    "softmax": lambda x, axis: torch.softmax(x, int(axis)),
    "reduce_mean": lambda x, axes, keep_dims: x.mean(ints(axes), keepdim=bool(keep_dims)),
    "reduce_sum": lambda x, axes, keep_dims: x.sum(ints(axes), keepdim=bool(keep_dims)),
    "expand_dims": lambda x, axes: x[(None,) * len(ints(axes))] if ints(axes) == [0]
    else x.unsqueeze(*ints(axes)),
    "transpose": lambda x, perm: x.permute(ints(perm)),
    "reshape": lambda x, shape: x.reshape(ints(shape)),
    "linear": lambda x, weight, bias: functional.linear(x, tensor(weight), tensor(bias)),
    "stack": lambda values, axis: torch.stack(values, int(axis)),
    "clip": lambda x, alpha, beta: x.clip(float(alpha), float(beta)),
    "fill_like": lambda ref_tensor, value: torch.full_like(ref_tensor, float(value)),
    "cast": lambda x, dtype: {"int32": x.int, "int16": x.short}[dtype](),
    "gather": lambda x, indices, axis, **rest: tensor(x)[indices.long()]
    if int(axis) == 0 else None,
    "conv": conv,
    "layer_norm": layer_norm,
    "pad": padded,
    "matmul": matmul,
    "slice_by_index": sliced,
    "cumsum": cumsum,
}  # fmt: skip
