"""Fitted networks, kept between runs."""

import torch

from sottovoce.training.images import Images
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.fit import FittedNet, fit_net
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions
from sottovoce.training.store import Arrays, FitStore, fit_key


def kept_net(
    store: FitStore, examples: NetExamples, options: NetOptions, seed: int, noise: Images | None
) -> FittedNet:
    """The network fitted on these examples with these settings: the kept one, or a new one."""

    def made() -> Arrays:
        weights = fit_net(examples, options, seed, noise).net.state_dict()
        return {name: value.numpy() for name, value in weights.items()}

    weights = store.kept(net_key(examples, options, seed, noise), made)
    net = EmotionNet(options, examples.allowed.shape[1])
    net.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    return FittedNet(net.eval())


def net_key(examples: NetExamples, options: NetOptions, seed: int, noise: Images | None) -> str:
    """Changes with the images, their labels and voices, the settings, the seed and the noise."""
    images = [examples.images, noise] if noise else [examples.images]
    drawn = [array for each in images for array in (each.starts, each.mel)]
    told = (examples.truth, examples.speakers, examples.allowed)
    return fit_key(f"net|{options}|{seed}", *told, *drawn)
