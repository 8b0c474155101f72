"""The weights of a checkpoint folder as float32 arrays, whichever way they were saved.

Safetensors are read as they are. A ``.bin`` is a pickle: it is opened by torch's loader that takes
nothing but weights, so no code in it is ever run.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.errors import CheckpointError

SAFETENSORS = "model.safetensors"
PICKLED = "pytorch_model.bin"
POSITION = "encoder.pos_conv_embed.conv"
NORMED = (
    (
        f"{POSITION}.parametrizations.weight.original0",
        f"{POSITION}.parametrizations.weight.original1",
    ),
    (f"{POSITION}.weight_g", f"{POSITION}.weight_v"),
)


def weight_files(folder: Path) -> list[Path]:
    """The files that hold the weights: safetensors before a pickle, all shards of an index.

    Raises
    ------
    CheckpointError
        There are none, or a shard is missing.
    """
    for name in (SAFETENSORS, PICKLED):
        if (folder / name).is_file():
            return [folder / name]
        index = folder / f"{name}.index.json"
        if index.is_file():
            return _shards(index)
    raise CheckpointError(f"'{folder}' holds no {SAFETENSORS} and no {PICKLED}")


def read_weights(files: list[Path]) -> dict[str, FloatArray]:
    """All weights by name, float32.

    Raises
    ------
    CheckpointError
        A file is torn, holds something other than weights, or a weight is not a number.
    """
    weights: dict[str, FloatArray] = {}
    for file in files:
        read = _from_pickle if file.suffix == ".bin" else _from_safetensors
        weights.update(read(file))
    for name, values in weights.items():
        if not np.isfinite(values).all():
            raise CheckpointError(f"the weight '{name}' holds values that are not numbers")
    return weights


def encoder_names(weights: Mapping[str, FloatArray], family: str) -> dict[str, FloatArray]:
    """Weights without the encoder's prefix; the positional convolution's norm is worked in.

    That norm is stored as a length and a direction for each tap (Salimans & Kingma 2016), under
    names that changed with torch.
    """
    bare = {name.removeprefix(f"{family}."): values for name, values in weights.items()}
    bare.pop("masked_spec_embed", None)  # only for pre-training
    for length, direction in NORMED:
        if length in bare and direction in bare:
            v = bare.pop(direction)
            norm = np.sqrt((v * v).sum(axis=(0, 1), keepdims=True))
            bare[f"{POSITION}.weight"] = bare.pop(length) * v / norm
    return bare


def _shards(index: Path) -> list[Path]:
    try:
        names = sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
    except (ValueError, KeyError, AttributeError) as trouble:
        raise CheckpointError(f"'{index.name}' is not a usable index of weights") from trouble
    files = [index.parent / Path(name).name for name in names]
    for file in files:
        if not file.is_file():
            raise CheckpointError(f"the checkpoint's part '{file.name}' is missing")
    return files


def _from_safetensors(file: Path) -> dict[str, FloatArray]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="pt") as opened:
            return {name: _array(opened.get_tensor(name)) for name in opened.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, ValueError) as trouble:
        raise CheckpointError(
            f"'{file.name}' is torn or no safetensors file: {trouble}"
        ) from trouble


def _from_pickle(file: Path) -> dict[str, FloatArray]:
    import pickle
    import warnings

    import torch

    try:
        with warnings.catch_warnings(action="ignore"):  # about the pickle's age
            found = torch.load(file, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError) as trouble:
        raise CheckpointError(
            f"'{file.name}' is torn, or holds more than weights; nothing in it was run"
        ) from trouble
    if not isinstance(found, dict) or not all(torch.is_tensor(v) for v in found.values()):
        raise CheckpointError(f"'{file.name}' holds more than a table of weights")
    return {str(name): _array(values) for name, values in found.items()}


def _array(tensor: Any) -> FloatArray:
    import torch

    return np.asarray(tensor.detach().to(torch.float32).numpy())
