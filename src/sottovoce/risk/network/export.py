"""Fitted networks as one ONNX file: each seed's logit side by side."""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.errors import ModelError
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.batches import Inputs
from sottovoce.risk.network.fit import logits, named, taken

PARITY = 1e-4


def export(networks: Sequence[Any], sample: Inputs) -> bytes:
    """The ONNX file of some networks, from one person's arrays to ``logits`` [1, seeds].

    Parameters
    ----------
    networks
        Fitted with the same shape.
    sample
        Arrays of people, on which the file must say what the networks say.

    Raises
    ------
    ModelError
        It does not, to 1e-4; or Keras runs on another backend than torch.
    """
    if open_keras().backend.backend() != "torch":
        raise ModelError("a model of risk is exported from torch; set KERAS_BACKEND=torch")
    content = traced(networks, taken(named(networks[0], sample), np.arange(1)))
    check_parity(content, np.stack([logits(one, sample) for one in networks], axis=1), sample)
    return content


def traced(networks: Sequence[Any], one: Inputs) -> bytes:
    """The ONNX graph of what networks say of one person's arrays, side by side.

    Torch's older exporter is used: the newer one takes ten times as long over an unrolled LSTM.
    """
    import torch

    class Flat(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.networks = torch.nn.ModuleList(networks)

        def forward(self, *values: Any) -> Any:
            given = dict(zip(one, values, strict=True))
            return torch.cat([network(given)["logit"] for network in self.networks], dim=1)

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        file = Path(folder) / "model.onnx"
        warnings.simplefilter("ignore")  # its own deprecation, and notes on constants
        torch.onnx.export(
            Flat().eval(),
            tuple(torch.from_numpy(values) for values in one.values()),
            file,
            input_names=list(one),
            output_names=["logits"],
            dynamo=False,
        )
        return file.read_bytes()


def check_parity(content: bytes, expected: np.ndarray, sample: Inputs) -> None:
    """Refuse a file that does not say what is expected, person by person.

    Raises
    ------
    ModelError
        They differ by more than 1e-4.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    wanted = [entry.name for entry in session.get_inputs()]
    found: FloatArray = np.concatenate(
        [
            session.run(None, {name: sample[name][row : row + 1] for name in wanted})[0]
            for row in range(len(expected))
        ]
    )
    apart = float(np.abs(found - expected).max())
    if not apart <= PARITY:
        raise ModelError(f"the exported file is {apart:.2g} away from the network; nothing is kept")
