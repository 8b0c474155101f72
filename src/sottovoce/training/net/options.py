"""The settings of the small network that earned their place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetOptions:
    """Size, training and augmentation of the network.

    ``width`` is the channels of its first layer, ``hidden`` those of its middle, ``embedding`` the
    length of what it says of a window. A batch is ``speakers`` voices with ``clips`` windows each,
    ``crop_frames`` frames of 16 ms of each.

    Augmentation: ``warp`` and ``stretch`` are the largest changes (natural log) of vocal tract
    length and of speed; ``trim_frames`` of 10 ms may be lost at either end; ``noise`` is how likely
    noise is, ``noise_snr_db`` its range; ``tilt`` is the standard deviation of a random colour
    (natural log of power); up to ``masked_bands`` and ``masked_frames`` are covered, twice each;
    ``mixup`` is the shape of its beta distribution.
    """

    width: int = 16
    hidden: int = 160
    embedding: int = 128
    blocks: int = 3
    dropout: float = 0.3
    crop_frames: int = 160
    epochs: int = 30
    learning_rate: float = 3e-3
    weight_decay: float = 0.03
    smoothing: float = 0.1
    speakers: int = 4
    clips: int = 16
    mixup: float = 0.3
    warp: float = 0.12
    stretch: float = 0.12
    trim_frames: int = 6
    noise: float = 0.5
    noise_snr_db: tuple[float, float] = (0.0, 30.0)
    tilt: float = 0.5
    masked_bands: int = 10
    masked_frames: int = 20
