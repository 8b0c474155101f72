"""The fitted network as ONNX, for one window of any length at a time."""

import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from sottovoce.features.images import BANDS, LAGS
from sottovoce.training.linear_graph import OPSET
from sottovoce.training.net.fit import FittedNet, one_thread
from sottovoce.training.net.model import EmotionNet

INPUTS = ("mel", "acf")
OUTPUTS = ("net_logits", "embedding")
EXAMPLE_FRAMES = 150  # about the length of one spoken sentence; any other will do


class OneWindow(nn.Module):
    """A whole window to the logits of the head that hears it alone, and to its embedding."""

    def __init__(self, net: EmotionNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, mel: Tensor, alike: Tensor) -> tuple[Tensor, Tensor]:
        """[1, labels] and [1, embedding] of [1, T, 64] and [1, T, 48]."""
        heard = torch.ones_like(mel[:, :, 0], dtype=torch.bool)
        embedding = self.net(mel, alike, heard)
        return self.net.head(embedding), embedding


def net_graph(fitted: FittedNet) -> bytes:
    """The network as ONNX in float32.

    Inputs ``mel`` [1, frames, 64] and ``acf`` [1, frames, 48] as ``net_input`` gives them; outputs
    ``net_logits`` [1, labels] and ``embedding`` [1, embedding].
    """
    model = OneWindow(fitted.net).eval()
    with tempfile.TemporaryDirectory() as folder, one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch calls this exporter old; the new one needs more
        torch.onnx.export(
            model,
            _example(),
            file := Path(folder) / "net.onnx",
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes={name: {1: "frames"} for name in INPUTS},
            opset_version=OPSET,
            dynamo=False,
        )
        return file.read_bytes()


def _example() -> tuple[Tensor, Tensor]:
    frames = (1, EXAMPLE_FRAMES)
    return torch.zeros(*frames, BANDS), torch.zeros(*frames, LAGS)
