"""The fitted network as ONNX, for one window of any length at a time."""

import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from sottovoce.features.images import BANDS, LAGS
from sottovoce.training.linear import OPSET
from sottovoce.training.net.fit import FittedNet, one_thread
from sottovoce.training.net.model import EmotionNet

INPUTS = ("mel", "acf", "centre")
OUTPUTS = ("net_logits", "net_own_logits", "embedding")
EXAMPLE_FRAMES = 150  # about the length of one spoken sentence; any other will do


class OneWindow(nn.Module):
    """A whole window, and the centre of its voice, to both heads' logits and the embedding."""

    def __init__(self, net: EmotionNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, mel: Tensor, alike: Tensor, centre: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """[1, labels], [1, labels], [1, embedding] of [1, T, 64], [1, T, 48], [1, embedding]."""
        heard = torch.ones_like(mel[:, :, 0], dtype=torch.bool)
        embedding = self.net(mel, alike, heard)
        return self.net.head(embedding), self.net.own_head(embedding - centre), embedding


def net_graph(fitted: FittedNet) -> bytes:
    """The network as ONNX in float32.

    Inputs ``mel`` [1, frames, 64] and ``acf`` [1, frames, 48] as ``net_input`` gives them, and
    ``centre`` [1, embedding]: the mean embedding of the voice's own windows, or of all windows
    where the voice is not known. Outputs ``net_logits`` and ``net_own_logits`` [1, labels] and
    ``embedding`` [1, embedding].
    """
    model = OneWindow(fitted.net).eval()
    with tempfile.TemporaryDirectory() as folder, one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch calls this exporter old; the new one needs more
        torch.onnx.export(
            model,
            _example(fitted.net.head.in_features),
            file := Path(folder) / "net.onnx",
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes={name: {1: "frames"} for name in INPUTS[:2]},
            opset_version=OPSET,
            dynamo=False,
        )
        return file.read_bytes()


def _example(embedding: int) -> tuple[Tensor, Tensor, Tensor]:
    frames = (1, EXAMPLE_FRAMES)
    return torch.zeros(*frames, BANDS), torch.zeros(*frames, LAGS), torch.zeros(1, embedding)
