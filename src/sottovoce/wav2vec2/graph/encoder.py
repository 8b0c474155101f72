"""The whole encoder: samples in, the frames after each layer out."""

from sottovoce.wav2vec2.graph.attention import attention, distance_bias
from sottovoce.wav2vec2.graph.convolutions import convolutions, normalised
from sottovoce.wav2vec2.graph.draft import Draft


def encoder(draft: Draft, samples: str, normalise: bool) -> tuple[list[str], str]:
    """Frames [batch, time, width] before the first layer and after each one, and the last of them
    as the encoder gives it: stable encoders end with a norm.
    """
    arch = draft.arch
    heard = normalised(draft.graph, samples) if normalise else samples
    x = _positioned(draft, _projected(draft, convolutions(draft, heard)))
    bias = distance_bias(draft, x) if arch.family == "wavlm" else ""
    states = [x if arch.stable else draft.norm(x, "encoder.layer_norm")]
    layer = _stable_layer if arch.stable else _plain_layer
    for index in range(arch.layers):
        states.append(layer(draft, states[-1], index, bias))
    last = draft.norm(states[-1], "encoder.layer_norm") if arch.stable else states[-1]
    return states, last


def _projected(draft: Draft, frames: str) -> str:
    if draft.arch.projection_norm:
        frames = draft.norm(frames, "feature_projection.layer_norm")
    return draft.linear(frames, "feature_projection.projection")


def _positioned(draft: Draft, x: str) -> str:
    """Add what the positional convolution hears of each frame's neighbourhood."""
    graph, kernel, name = draft.graph, draft.arch.position_kernel, "encoder.pos_conv_embed.conv"
    heard = graph.op(
        "Conv",
        graph.op("Transpose", x, perm=[0, 2, 1]),
        draft.weight(f"{name}.weight"),
        draft.weight(f"{name}.bias"),
        kernel_shape=[kernel],
        pads=[kernel // 2, (kernel - 1) // 2],
        group=draft.arch.position_groups,
    )
    turned = graph.op("Transpose", graph.op("Gelu", heard), perm=[0, 2, 1])
    return graph.op("Add", x, turned)


def _plain_layer(draft: Draft, x: str, index: int, bias: str) -> str:
    name = f"encoder.layers.{index}"
    x = draft.graph.op("Add", x, attention(draft, x, index, bias))
    x = draft.norm(x, f"{name}.layer_norm")
    x = draft.graph.op("Add", x, _feed_forward(draft, x, name))
    return draft.norm(x, f"{name}.final_layer_norm")


def _stable_layer(draft: Draft, x: str, index: int, bias: str) -> str:
    name = f"encoder.layers.{index}"
    inner = draft.norm(x, f"{name}.layer_norm")
    x = draft.graph.op("Add", x, attention(draft, inner, index, bias))
    inner = draft.norm(x, f"{name}.final_layer_norm")
    return draft.graph.op("Add", x, _feed_forward(draft, inner, name))


def _feed_forward(draft: Draft, x: str, name: str) -> str:
    inner = draft.linear(x, f"{name}.feed_forward.intermediate_dense")
    return draft.linear(draft.graph.op("Gelu", inner), f"{name}.feed_forward.output_dense")
