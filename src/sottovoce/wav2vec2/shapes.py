"""Which weights an encoder and head must have, of which shape; what a checkpoint has instead."""

from collections.abc import Mapping

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.architecture import Architecture
from sottovoce.wav2vec2.errors import CheckpointError
from sottovoce.wav2vec2.heads import LAYER_WEIGHTS, PROJECTED, Head

Shape = tuple[int, ...]
GATE_OUTPUTS = 8
NAMED_AT_MOST = 3


def expected_shapes(
    arch: Architecture, head: Head, labels: int, projection: int, layer_weights: bool
) -> dict[str, Shape]:
    """Name and shape of every weight of a checkpoint, the encoder's prefix left out.

    ``projection`` is the width between the two maps of a standard head.
    """
    inner = projection if head is PROJECTED else arch.width
    return {
        **_convolutions(arch),
        **_between(arch),
        **{name: shape for index in range(arch.layers) for name, shape in _layer(arch, index)},
        **_linear(head.first, arch.width, inner),
        **_linear(head.last, inner, labels),
        **({LAYER_WEIGHTS: (arch.layers + 1,)} if layer_weights else {}),
    }


def check_shapes(found: Mapping[str, FloatArray], expected: Mapping[str, Shape]) -> None:
    """Make sure that the weights are exactly the expected ones.

    Raises
    ------
    CheckpointError
        Some are missing, unexpected or of another shape; one sentence says which.
    """
    wrong = {
        "missing": sorted(expected.keys() - found.keys()),
        "unexpected": sorted(found.keys() - expected.keys()),
        "of another shape than its config.json says": [
            f"{name} {found[name].shape} instead of {shape}"
            for name, shape in expected.items()
            if name in found and found[name].shape != shape
        ],
    }
    faults = [f"{_some(names)} {what}" for what, names in wrong.items() if names]
    if faults:
        raise CheckpointError(
            f"the checkpoint's weights do not fit: {'; '.join(faults)}; running it would give "
            "numbers that nobody trained"
        )


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED_AT_MOST])
    more = len(names) - NAMED_AT_MOST
    return f"{shown} and {more} more" if more > 0 else shown


def _convolutions(arch: Architecture) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    before = 1
    for index, (channels, kernel) in enumerate(
        zip(arch.conv_channels, arch.conv_kernels, strict=True)
    ):
        name = f"feature_extractor.conv_layers.{index}"
        shapes[f"{name}.conv.weight"] = (channels, before, kernel)
        if arch.conv_bias:
            shapes[f"{name}.conv.bias"] = (channels,)
        if arch.conv_norm == "layer" or index == 0:
            shapes |= _norm(f"{name}.layer_norm", channels)
        before = channels
    return shapes


def _between(arch: Architecture) -> dict[str, Shape]:
    channels, name = arch.conv_channels[-1], "encoder.pos_conv_embed.conv"
    per_group = arch.width // arch.position_groups
    return {
        **(_norm("feature_projection.layer_norm", channels) if arch.projection_norm else {}),
        **_linear("feature_projection.projection", channels, arch.width),
        f"{name}.weight": (arch.width, per_group, arch.position_kernel),
        f"{name}.bias": (arch.width,),
        **_norm("encoder.layer_norm", arch.width),
    }


def _layer(arch: Architecture, index: int) -> list[tuple[str, Shape]]:
    name, width, inner = f"encoder.layers.{index}", arch.width, arch.inner_width
    shapes: dict[str, Shape] = {}
    for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
        shapes |= _linear(f"{name}.attention.{part}", width, width)
    shapes |= _linear(f"{name}.feed_forward.intermediate_dense", width, inner)
    shapes |= _linear(f"{name}.feed_forward.output_dense", inner, width)
    shapes |= _norm(f"{name}.layer_norm", width) | _norm(f"{name}.final_layer_norm", width)
    if arch.family == "wavlm":
        shapes |= _linear(f"{name}.attention.gru_rel_pos_linear", arch.head_width, GATE_OUTPUTS)
        shapes[f"{name}.attention.gru_rel_pos_const"] = (1, arch.heads, 1, 1)
        if index == 0:
            shapes[f"{name}.attention.rel_attn_embed.weight"] = (arch.buckets, arch.heads)
    return list(shapes.items())


def _linear(name: str, inputs: int, outputs: int) -> dict[str, Shape]:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def _norm(name: str, width: int) -> dict[str, Shape]:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}
