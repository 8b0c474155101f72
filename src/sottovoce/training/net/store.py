"""Fitted networks are kept by what they were fitted on: a run that was cut short goes on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from sottovoce.training.files import write_whole
from sottovoce.training.images import Images
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.fit import FittedNet, fit_net
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions


@dataclass(frozen=True, slots=True)
class NetStore:
    """A folder of weights, as numpy files."""

    folder: Path

    def fitted(
        self, examples: NetExamples, options: NetOptions, seed: int, noise: Images | None
    ) -> FittedNet:
        """The network fitted on these examples with these settings: the kept one, or a new one."""
        file = self.folder / f"{key_of(examples, options, seed, noise)}.npz"
        if file.is_file():
            return restored(file, options, examples.allowed.shape[1])
        made = fit_net(examples, options, seed, noise)
        self.keep(file, made.net.state_dict())
        return made

    @staticmethod
    def keep(file: Path, weights: Mapping[str, Any]) -> None:
        """Write weights; the file is whole or not there."""
        arrays = {name: value.detach().cpu().numpy() for name, value in weights.items()}
        write_whole(file, lambda stream: np.savez(stream, **arrays))


def restored(file: Path, options: NetOptions, labels: int) -> FittedNet:
    """A kept network."""
    net = EmotionNet(options, labels)
    with np.load(file, allow_pickle=False) as kept:
        net.load_state_dict({name: torch.from_numpy(kept[name]) for name in kept.files})
    return FittedNet(net.eval())


def key_of(examples: NetExamples, options: NetOptions, seed: int, noise: Images | None) -> str:
    """Changes with the images, their labels and voices, the settings, the seed and the noise."""
    digest = hashlib.sha256(f"{options}|{seed}".encode())
    for values in (examples.truth, examples.speakers, examples.allowed):
        digest.update(np.ascontiguousarray(values).tobytes())
    for images in (examples.images, noise):
        if images is not None:
            digest.update(np.ascontiguousarray(images.starts).tobytes())
            digest.update(np.ascontiguousarray(images.mel).tobytes())
    return digest.hexdigest()
