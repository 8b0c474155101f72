"""The network: two stacks of convolutions, one sequence, one embedding, two heads.

Mel image and correlogram are each reduced by strided convolutions to a quarter of their frames,
joined, read by dilated residual blocks, and pooled by attention, mean and deviation (attentive
statistics, Okabe et al. 2018) into one embedding of the window. One head judges the embedding
alone, the other how it differs from the voice's own centre.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from sottovoce.features.images import BANDS, LAGS
from sottovoce.training.net.options import NetOptions

ATTENTION_HEADS = 8
ATTENTION_WIDTH = 64
LIGHT_DROPOUT = 0.1
ALIKE_WIDTHS = (16, 24, 32)
STRIDE = 8  # of both images' rows
FRAME_STRIDE = 4
FAR_BELOW = -1e4  # an attention score that is none
LEAST_VARIANCE = 1e-4


class EmotionNet(nn.Module):
    """Images of windows to embeddings; ``head`` and ``own_head`` make logits of those."""

    def __init__(self, options: NetOptions, labels: int) -> None:
        super().__init__()
        width, hidden = options.width, options.hidden
        self.mel = mel_stack(width)
        self.alike = alike_stack()
        joined = 4 * width * BANDS // STRIDE + ALIKE_WIDTHS[-1] * LAGS // STRIDE
        self.join = nn.Sequential(
            nn.Conv1d(joined, hidden, 1, bias=False),
            nn.BatchNorm1d(hidden),
            nn.ReLU(),
            nn.Dropout(LIGHT_DROPOUT),
        )
        self.sequence = nn.Sequential(*[Dilated(hidden, 2**i) for i in range(options.blocks)])
        self.pool = Pooling(hidden)
        self.embedding = embedding_stack(3 * hidden, options)
        self.head = nn.Linear(options.embedding, labels)
        self.own_head = nn.Linear(options.embedding, labels)

    def forward(self, mel: Tensor, alike: Tensor, heard: Tensor) -> Tensor:
        """Embeddings [n, embedding] of mel [n, T, 64], correlogram [n, T, 48], heard [n, T]."""
        rows = torch.cat([_as_rows(self.mel, mel), _as_rows(self.alike, alike)], 1)
        sequence = self.sequence(self.join(rows)).float()
        there = heard[:, None, ::FRAME_STRIDE].float()
        embedded: Tensor = self.embedding(self.pool(sequence, there))
        return embedded


class Residual(nn.Module):
    """Two convolutions in a plane and a way around them."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first, self.second = plane(channels, channels), plane(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape, [n, channels, rows, T]."""
        return functional.relu(x + self.second(functional.relu(self.first(x))))


class Dilated(nn.Module):
    """A convolution in time with gaps, and a way around it."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.steps = nn.Sequential(
            nn.Conv1d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False),
            nn.BatchNorm1d(channels),
            nn.ReLU(),
            nn.Conv1d(channels, channels, 1, bias=False),
            nn.BatchNorm1d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Same shape, [n, channels, T]."""
        return functional.relu(x + self.steps(x))


class Pooling(nn.Module):
    """A sequence to one vector: what it attends to, its mean, its deviation."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.attention = nn.Sequential(
            nn.Conv1d(channels, ATTENTION_WIDTH, 1),
            nn.Tanh(),
            nn.Conv1d(ATTENTION_WIDTH, ATTENTION_HEADS, 1),
        )

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        """[n, 3 * channels] of a sequence [n, channels, T]; ``there`` [n, 1, T] is 1 or 0."""
        weights = torch.softmax(self.attention(x).float() + (there - 1) * -FAR_BELOW, 2)
        heads = x.reshape(len(x), ATTENTION_HEADS, -1, x.shape[2])
        attended = (heads * weights[:, :, None]).sum(3).flatten(1)
        frames = there.sum(2)
        mean = (x * there).sum(2) / frames
        variance = ((x - mean[:, :, None]) * there).square().sum(2) / frames
        return torch.cat([attended, mean, (variance + LEAST_VARIANCE).sqrt()], 1)


def plane(inside: int, outside: int, stride: int | tuple[int, int] = 1) -> nn.Sequential:
    """A 3 x 3 convolution and its normalisation."""
    convolution = nn.Conv2d(inside, outside, 3, stride, 1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outside))


def mel_stack(width: int) -> nn.Sequential:
    """[n, 1, 64, T] to [n, 4 * width, 8, T / 4]."""
    return nn.Sequential(
        plane(1, width, 2),
        nn.ReLU(),
        plane(width, 2 * width, 2),
        nn.ReLU(),
        Residual(2 * width),
        plane(2 * width, 4 * width, (2, 1)),
        nn.ReLU(),
        Residual(4 * width),
    )


def alike_stack() -> nn.Sequential:
    """[n, 1, 48, T] to [n, 32, 6, T / 4]."""
    first, second, third = ALIKE_WIDTHS
    return nn.Sequential(
        plane(1, first, 2),
        nn.ReLU(),
        plane(first, second, 2),
        nn.ReLU(),
        plane(second, third, (2, 1)),
        nn.ReLU(),
    )


def embedding_stack(pooled: int, options: NetOptions) -> nn.Sequential:
    """[n, pooled] to [n, embedding]."""
    return nn.Sequential(
        nn.BatchNorm1d(pooled),
        nn.Dropout(options.dropout),
        nn.Linear(pooled, options.embedding),
        nn.BatchNorm1d(options.embedding),
        nn.ReLU(),
        nn.Dropout(options.dropout),
    )


def _as_rows(stack: nn.Sequential, image: Tensor) -> Tensor:
    """[n, channels * rows, T / 4] of an image [n, T, rows]."""
    reduced: Tensor = stack(image.transpose(1, 2)[:, None])
    return reduced.flatten(1, 2)
