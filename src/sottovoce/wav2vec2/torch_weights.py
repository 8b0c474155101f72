"""Weights of an ONNX graph as torch wants them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sottovoce.wav2vec2.architecture import Architecture
from sottovoce.wav2vec2.errors import ExportError


def torch_weights(weights: Mapping[str, Any], arch: Architecture) -> dict[str, Any]:
    """Weights of the graph the way torch wants them: outputs first, convolutions with their taps.

    Raises
    ------
    ExportError
        Some are in eight bits.
    """
    turned: dict[str, Any] = {}
    for name, values in weights.items():
        if name.startswith("const_"):
            continue
        if values.dtype != np.float32:
            raise ExportError("this model was imported in eight bits; import it without --quantize")
        turned[_renamed(name)] = np.array(_laid_out(name, values, arch), order="C")
    return turned


def _renamed(name: str) -> str:
    """The matrix of a convolution is called so, apart from the norms and biases about it."""
    return f"{name.rsplit('.', 1)[0]}.conv" if _is_convolution(name) else name


def _is_convolution(name: str) -> bool:
    parts = name.split(".")
    return parts[0] == "feature_extractor" and len(parts) == 4


def _laid_out(name: str, values: Any, arch: Architecture) -> Any:
    if _is_convolution(name):
        kernel = arch.conv_kernels[int(name.split(".")[2])]
        return values.reshape(kernel, -1, values.shape[1]).transpose(2, 1, 0)
    linear = values.ndim == 2 and name.endswith(".weight")
    return values.T if linear else values
