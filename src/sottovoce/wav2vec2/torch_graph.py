"""An imported model once more in torch, from the weights of its ONNX graph: what Core ML converts.

Written without arithmetic on shapes, so that a trace of it holds for windows of any length. Batches
of one.
"""

import json

import torch
from torch import Tensor
from torch.nn import functional

from sottovoce.wav2vec2.architecture import Architecture
from sottovoce.wav2vec2.errors import ExportError
from sottovoce.wav2vec2.graph.convolutions import CONV_EPSILON, NORMALISE_EPSILON
from sottovoce.wav2vec2.graph.model import Model
from sottovoce.wav2vec2.heads import HEADS, LAYER_WEIGHTS, Head
from sottovoce.wav2vec2.metadata import ENCODER
from sottovoce.wav2vec2.torch_weights import torch_weights

LAST_NORM = "encoder.layer_norm"


class TorchGraph(torch.nn.Module):
    """Samples [1, n] in, logits [1, labels] out: the same numbers as the ONNX graph.

    Raises
    ------
    ExportError
        The graph does not say how its encoder is built, or is not in float32.
    """

    def __init__(self, model: Model) -> None:
        super().__init__()
        told = {entry.key: entry.value for entry in model.graph.metadata_props}
        if ENCODER not in told:
            raise ExportError("this model was imported by an earlier version; import it again")
        known = json.loads(told[ENCODER])
        self.normalise = bool(known.pop("normalise"))
        last_normed = bool(known.pop("last_normed"))
        self.head = _head(known.pop("head"))
        self.arch = Architecture(**known)
        weighted = LAYER_WEIGHTS in model.weights
        self.ends_normed = self.arch.stable and (last_normed or not weighted)
        self.names: dict[str, str] = {}
        self.widths: dict[str, int] = {}
        for name, values in torch_weights(model.weights, self.arch).items():
            if name.startswith(LAST_NORM) and self.arch.stable and not self.ends_normed:
                continue
            self.names[name] = name.replace(".", "_")
            self.widths[name] = len(values)
            self.register_buffer(self.names[name], torch.from_numpy(values))

    def weight(self, name: str) -> Tensor:
        """A weight by its name in the graph."""
        found: Tensor = getattr(self, self.names[name])
        return found

    def linear(self, x: Tensor, name: str) -> Tensor:
        """The linear map ``name``."""
        return functional.linear(x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"))

    def norm(self, x: Tensor, name: str, epsilon: float | None = None) -> Tensor:
        """The layer norm ``name`` over the last axis."""
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        shape = [self.widths[f"{name}.weight"]]
        return functional.layer_norm(x, shape, scale, bias, epsilon or self.arch.epsilon)

    def forward(self, samples: Tensor) -> Tensor:
        """The logits of one window."""
        heard = _standardised(samples, 1, float(NORMALISE_EPSILON)) if self.normalise else samples
        return self._answer(
            self._encoded(self._positioned(self._projected(self._convolved(heard))))
        )

    def _convolved(self, samples: Tensor) -> Tensor:
        x = samples.unsqueeze(1)
        for index, stride in enumerate(self.arch.conv_strides):
            name = f"feature_extractor.conv_layers.{index}"
            bias = self.weight(f"{name}.conv.bias") if self.arch.conv_bias else None
            x = functional.conv1d(x, self.weight(f"{name}.conv"), bias, stride)
            x = functional.gelu(self._conv_norm(x, f"{name}.layer_norm", index))
        return x.transpose(1, 2)

    def _conv_norm(self, x: Tensor, name: str, index: int) -> Tensor:
        if self.arch.conv_norm == "layer":
            return self.norm(x.transpose(1, 2), name, CONV_EPSILON).transpose(1, 2)
        if index:
            return x
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return _standardised(x, 2, CONV_EPSILON) * scale[:, None] + bias[:, None]

    def _projected(self, x: Tensor) -> Tensor:
        if self.arch.projection_norm:
            x = self.norm(x, "feature_projection.layer_norm")
        return self.linear(x, "feature_projection.projection")

    def _positioned(self, x: Tensor) -> Tensor:
        kernel, name = self.arch.position_kernel, "encoder.pos_conv_embed.conv"
        padded = functional.pad(x.transpose(1, 2), (kernel // 2, (kernel - 1) // 2))
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        heard = functional.conv1d(padded, weight, bias, groups=self.arch.position_groups)
        return x + functional.gelu(heard).transpose(1, 2)

    def _encoded(self, x: Tensor) -> list[Tensor]:
        arch = self.arch
        bias = self._distance_bias(x) if arch.family == "wavlm" else None
        states = [x if arch.stable else self.norm(x, LAST_NORM)]
        layer = self._stable_layer if arch.stable else self._plain_layer
        for index in range(arch.layers):
            states.append(layer(states[-1], f"encoder.layers.{index}", bias))
        if self.ends_normed:
            states[-1] = self.norm(states[-1], LAST_NORM)
        return states

    def _plain_layer(self, x: Tensor, name: str, bias: Tensor | None) -> Tensor:
        x = self.norm(x + self._attention(x, name, bias), f"{name}.layer_norm")
        return self.norm(x + self._feed_forward(x, name), f"{name}.final_layer_norm")

    def _stable_layer(self, x: Tensor, name: str, bias: Tensor | None) -> Tensor:
        x = x + self._attention(self.norm(x, f"{name}.layer_norm"), name, bias)
        return x + self._feed_forward(self.norm(x, f"{name}.final_layer_norm"), name)

    def _feed_forward(self, x: Tensor, name: str) -> Tensor:
        inner = self.linear(x, f"{name}.feed_forward.intermediate_dense")
        return self.linear(functional.gelu(inner), f"{name}.feed_forward.output_dense")

    def _attention(self, x: Tensor, layer: str, bias: Tensor | None) -> Tensor:
        name = f"{layer}.attention"
        query, key, value = (
            self._per_head(self.linear(x, f"{name}.{part}_proj")) for part in ("q", "k", "v")
        )
        products = query @ key.transpose(2, 3)
        if bias is not None:
            products = products + self._gated(x, name, bias)
        mixed = torch.softmax(products, dim=-1) @ value
        return self.linear(
            mixed.permute(0, 2, 1, 3).reshape(1, -1, self.arch.width), f"{name}.out_proj"
        )

    def _per_head(self, x: Tensor) -> Tensor:
        return x.reshape(1, -1, self.arch.heads, self.arch.head_width).permute(0, 2, 1, 3)

    def _distance_bias(self, x: Tensor) -> Tensor:
        reach = self.arch.max_distance
        places = torch.cumsum(torch.ones_like(x[0, :, 0]), dim=0)
        distance = torch.clamp(places[None, :] - places[:, None], -reach, reach) + reach
        table = self.weight("encoder.distance_table")
        return functional.embedding(distance.int(), table).permute(2, 0, 1)[None]

    def _gated(self, x: Tensor, name: str, bias: Tensor) -> Tensor:
        gates = torch.sigmoid(self.linear(self._per_head(x), f"{name}.gate"))
        first, second = gates[..., 0:1], gates[..., 1:2]
        return (first * (second * self.weight(f"{name}.gru_rel_pos_const") - 1.0) + 2.0) * bias

    def _answer(self, states: list[Tensor]) -> Tensor:
        x = states[-1].mean(dim=1)
        if LAYER_WEIGHTS in self.names:
            means = torch.stack([state.mean(dim=1) for state in states], dim=1)
            x = (means * self.weight(LAYER_WEIGHTS)).sum(dim=1)
        x = self.linear(x, self.head.first)
        return self.linear(torch.tanh(x) if self.head.bent else x, self.head.last)


def _standardised(x: Tensor, axis: int, epsilon: float) -> Tensor:
    centred = x - x.mean(dim=axis, keepdim=True)
    power = (centred * centred).mean(dim=axis, keepdim=True)
    return centred / torch.sqrt(power + epsilon)


def _head(name: str) -> Head:
    return next(head for head in HEADS if head.name == name)
