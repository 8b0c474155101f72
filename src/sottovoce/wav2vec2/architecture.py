"""What a checkpoint's ``config.json`` says about its encoder: wav2vec 2.0, HuBERT or WavLM.

All three are a stack of convolutions, a projection, a positional convolution and transformer
layers (Baevski et al. 2020; Hsu et al. 2021; Chen et al. 2022). *Base* ones normalise the first
convolution over time (``group``), *large* ones every convolution over channels (``layer``); large
ones also normalise before attention instead of after it (``stable``).

>>> config = {"model_type": "hubert", "hidden_size": 32, "num_attention_heads": 2}
>>> read_architecture(config).head_width
16
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sottovoce.wav2vec2.errors import CheckpointError

Family = Literal["wav2vec2", "hubert", "wavlm"]
FAMILIES = ("wav2vec2", "hubert", "wavlm")
CONV_CHANNELS = (512,) * 7
CONV_KERNELS = (10, 3, 3, 3, 3, 2, 2)
CONV_STRIDES = (5, 2, 2, 2, 2, 2, 2)
NOT_BUILT = {
    "add_adapter": "an adapter after the encoder",
    "conv_pos_batch_norm": "a batch norm before the positional convolution",
    "adapter_attn_dim": "attention adapters",
}


@dataclass(frozen=True, slots=True)
class Architecture:
    """Shape of an encoder; field names follow the configuration's meaning, not its spelling."""

    family: Family
    width: int
    layers: int
    heads: int
    inner_width: int
    conv_channels: tuple[int, ...]
    conv_kernels: tuple[int, ...]
    conv_strides: tuple[int, ...]
    conv_bias: bool
    conv_norm: Literal["group", "layer"]
    stable: bool
    position_kernel: int
    position_groups: int
    projection_norm: bool
    epsilon: float
    buckets: int
    max_distance: int

    @property
    def head_width(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads

    @property
    def shortest(self) -> int:
        """Samples that give one frame: 400 (25 ms) for every published model."""
        return self.reach(0)

    def reach(self, level: int) -> int:
        """Outputs of the first ``level`` convolutions (samples at 0) that one frame hears."""
        heard = 1
        pairs = list(zip(self.conv_kernels, self.conv_strides, strict=True))[level:]
        for kernel, stride in reversed(pairs):
            heard = (heard - 1) * stride + kernel
        return heard


def read_architecture(config: Mapping[str, Any]) -> Architecture:
    """The encoder that a configuration describes; absent keys have transformers' defaults.

    Raises
    ------
    CheckpointError
        It is another kind of model, or has a part that this version does not convert.
    """
    _refuse_others(config)
    try:
        return _architecture(config)
    except (TypeError, ValueError) as trouble:
        raise CheckpointError(f"the checkpoint's config.json is not usable: {trouble}") from trouble


def _architecture(config: Mapping[str, Any]) -> Architecture:
    made = Architecture(
        family=config["model_type"],
        width=int(config.get("hidden_size", 768)),
        layers=int(config.get("num_hidden_layers", 12)),
        heads=int(config.get("num_attention_heads", 12)),
        inner_width=int(config.get("intermediate_size", 3072)),
        conv_channels=tuple(map(int, config.get("conv_dim", CONV_CHANNELS))),
        conv_kernels=tuple(map(int, config.get("conv_kernel", CONV_KERNELS))),
        conv_strides=tuple(map(int, config.get("conv_stride", CONV_STRIDES))),
        conv_bias=bool(config.get("conv_bias", False)),
        conv_norm=config.get("feat_extract_norm", "group"),
        stable=bool(config.get("do_stable_layer_norm", False)),
        position_kernel=int(config.get("num_conv_pos_embeddings", 128)),
        position_groups=int(config.get("num_conv_pos_embedding_groups", 16)),
        projection_norm=bool(config.get("feat_proj_layer_norm", True)),
        epsilon=float(config.get("layer_norm_eps", 1e-5)),
        buckets=int(config.get("num_buckets", 320)),
        max_distance=int(config.get("max_bucket_distance", 800)),
    )
    if made.width % made.heads or made.conv_norm not in ("group", "layer"):
        raise ValueError(f"hidden_size {made.width}, {made.heads} heads, '{made.conv_norm}' norm")
    return made


def _refuse_others(config: Mapping[str, Any]) -> None:
    kind = config.get("model_type")
    if kind not in FAMILIES:
        raise CheckpointError(
            f"this is a '{kind}' checkpoint; sottovoce imports {', '.join(FAMILIES)}"
        )
    for key, what in NOT_BUILT.items():
        if config.get(key):
            raise CheckpointError(f"the checkpoint has {what} ({key}), which is not supported")
    for key in ("hidden_act", "feat_extract_activation"):
        if config.get(key, "gelu") != "gelu":
            raise CheckpointError(f"the checkpoint's {key} is '{config[key]}'; only gelu is known")
