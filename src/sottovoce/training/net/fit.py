"""Fit the network, and what a fitted one says."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sottovoce.domain import FloatArray
from sottovoce.training.images import Images
from sottovoce.training.net.batches import plan
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions
from sottovoce.training.net.views import Batch, batch_of
from sottovoce.training.predictions import Float64Array
from sottovoce.training.progress import watched

WARM_UP = 0.2  # of all steps the learning rate rises, then falls
LAST_STEPS = 10  # that the schedule has left at the end, so that the rate does not reach zero
LARGEST_GRADIENT = 5.0
SLOWEST = 0.995  # share of the old in the moving average of the weights, in the end
FIRST_STEPS = 10  # over which that share grows
NOT_ALLOWED = -30.0  # the logit of a label that the corpus does not know


@dataclass(frozen=True, slots=True, eq=False)
class FittedNet:
    """A fitted network, in float32 and fixed."""

    net: EmotionNet

    def embeddings(self, images: Images) -> FloatArray:
        """What it says of each window, float32 [windows, embedding], one by one."""
        with one_thread(), torch.no_grad():
            return np.concatenate([self._embed(images, i) for i in range(len(images))])

    def logits(self, embeddings: FloatArray) -> Float64Array:
        """Scores of each label, float64 [n, labels]."""
        return self._judged(self.net.head, embeddings)

    def own_logits(self, embeddings: FloatArray, centre: FloatArray) -> Float64Array:
        """The same against a voice's own centre: the mean embedding of its windows."""
        return self._judged(self.net.own_head, embeddings - centre)

    def _embed(self, images: Images, window: int) -> FloatArray:
        mel, alike = (torch.from_numpy(image)[None] for image in images.heard(window))
        heard = torch.ones(mel.shape[:2], dtype=torch.bool)
        embedding: FloatArray = self.net(mel, alike, heard).numpy()
        return embedding

    @staticmethod
    def _judged(head: nn.Linear, embeddings: FloatArray) -> Float64Array:
        weight, bias = (part.detach().numpy().astype(np.float64) for part in head.parameters())
        judged: Float64Array = embeddings @ weight.T + bias
        return judged


def fit_net(
    examples: NetExamples, options: NetOptions, seed: int, noise: Images | None = None
) -> FittedNet:
    """Fit a network; the same examples, options and seed give the same weights on one machine.

    Parameters
    ----------
    examples
        Windows, all of them for training.
    options
        Settings.
    seed
        Of everything random: first weights, batches, augmentation, dropout.
    noise
        Images of sounds that disturb; without them noise is hiss only.
    """
    with one_thread(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        random = np.random.default_rng(seed)
        net = EmotionNet(options, examples.allowed.shape[1])
        average = copy.deepcopy(net)
        batches = [
            windows
            for _ in range(options.epochs)
            for windows in plan(examples.speakers, options, random)
        ]
        learn = _learner(net, options, len(batches))
        for step, windows in enumerate(watched(batches, "Training the net")):
            learn(batch_of(examples, windows, noise, options, random))
            _follow(average, net, (step + 1) / (step + 1 + FIRST_STEPS))
    return FittedNet(average.eval())


def loss_of(net: EmotionNet, batch: Batch, clips: int) -> Tensor:
    """Cross-entropy of both heads; the centre of a voice is that of its windows in the batch."""
    mel, alike, heard = map(torch.from_numpy, (batch.view.mel, batch.view.alike, batch.view.heard))
    with torch.autocast("cpu", torch.bfloat16):
        embeddings: Tensor = net(mel, alike, heard)
    embeddings = embeddings.float()
    voices = embeddings.reshape(-1, clips, embeddings.shape[1])
    differences = (voices - voices.mean(1, keepdim=True)).flatten(0, 1)
    return _cross_entropy(net.head(embeddings), batch) + _cross_entropy(
        net.own_head(differences), batch
    )


@contextmanager
def one_thread() -> Iterator[None]:
    """Torch on one thread, so that sums are always taken in the same order; restored after."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _learner(net: EmotionNet, options: NetOptions, steps: int) -> Callable[[Batch], None]:
    """What moves the weights by one batch: AdamW under a one-cycle schedule."""
    optimiser = torch.optim.AdamW(
        net.parameters(), options.learning_rate, weight_decay=options.weight_decay, fused=True
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.learning_rate, steps + LAST_STEPS, pct_start=WARM_UP
    )

    def learn(batch: Batch) -> None:
        optimiser.zero_grad()
        torch.autograd.backward(loss_of(net, batch, options.clips))
        nn.utils.clip_grad_norm_(net.parameters(), LARGEST_GRADIENT)
        optimiser.step()
        schedule.step()

    return learn


def _cross_entropy(logits: Tensor, batch: Batch) -> Tensor:
    possible = logits.masked_fill(~torch.from_numpy(batch.allowed), NOT_ALLOWED)
    return functional.cross_entropy(possible, torch.from_numpy(batch.target))


@torch.no_grad()
def _follow(average: EmotionNet, net: EmotionNet, keep: float) -> None:
    """Move the average of weights and statistics towards those of now."""
    now = net.state_dict()
    for name, mean in average.state_dict().items():
        if mean.is_floating_point():
            mean.lerp_(now[name], 1 - min(keep, SLOWEST))
