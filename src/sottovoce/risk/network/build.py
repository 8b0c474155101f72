"""The network: modalities fused segment by segment, a sequence model, and a head.

It is put together of Keras's own layers and operations alone, so it is the same on each backend.
Features are standardised inside, so the ONNX file takes them as they are measured; what is not a
number counts as ordinary.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.batches import Norms, Shape
from sottovoce.risk.network.options import (
    EMBEDDINGS,
    MARKERS,
    MODALITIES,
    SEGMENTS,
    WORDS,
    NetOptions,
)

FARTHEST_SDS = 4.0  # a single wild feature must not decide
HEADS = 2
LEVELS = (5, 10, 15, 20)  # PHQ-8: mild, moderate, moderately severe, severe


def build(options: NetOptions, shape: Shape, norms: Norms) -> Any:
    """A Keras model from the arrays of ``batches.batch`` to ``logit`` [people, 1].

    With ``levels_weight`` there is also ``levels`` [people, 4]: logits that the PHQ-8 reaches 5,
    10, 15, 20 (ordinal regression by cumulative labels: Niu et al. 2016).
    """
    keras = open_keras()
    inputs = make_inputs(shape)
    head = trunk(inputs, options, norms, shape)
    outputs = {"logit": keras.layers.Dense(1, name="logit")(head)}
    if options.levels_weight:
        outputs["levels"] = keras.layers.Dense(len(LEVELS), name="levels")(head)
    return keras.Model(inputs, outputs)


def trunk(inputs: dict[str, Any], options: NetOptions, norms: Norms, shape: Shape) -> Any:
    """All that was heard as one vector for each person, before any question is asked of it."""
    layers = open_keras().layers
    fused = _fused(inputs, options, norms, shape)
    parts = (
        [_pooled(_encoded(fused, inputs["mask"], options), inputs["mask"])]
        if fused is not None
        else []
    )
    parts += [_memo_level(inputs, name, options, norms) for name in memo_level(options, shape)]
    head = layers.Concatenate()(parts) if len(parts) > 1 else parts[0]
    head = layers.BatchNormalization(momentum=0.9)(head)
    return layers.Dropout(options.dropout)(head)


def memo_level(options: NetOptions, shape: Shape) -> list[str]:
    """The modalities that are one vector for the whole memo, of those it hears."""
    return [name for name in (MARKERS, WORDS) if name in options.modalities and shape.width(name)]


def make_inputs(shape: Shape) -> dict[str, Any]:
    """The arrays that the network takes; a modality of width 0 is not among them."""
    keras = open_keras()
    sizes = {
        SEGMENTS: (shape.segments, shape.width(SEGMENTS)),
        EMBEDDINGS: (shape.segments, shape.width(EMBEDDINGS)),
        MARKERS: (shape.width(MARKERS),),
        WORDS: (shape.width(WORDS),),
        "mask": (shape.segments,),
        "present": (len(MODALITIES),),
    }
    return {name: keras.Input(size, name=name) for name, size in sizes.items() if size[-1]}


def _standard(values: Any, norm: tuple[FloatArray, FloatArray]) -> Any:
    ops = open_keras().ops
    mean, deviation = norm
    known = ops.where(ops.isnan(values), ops.zeros_like(values) + mean, values)
    return ops.clip((known - mean) / deviation, -FARTHEST_SDS, FARTHEST_SDS)


def _fused(inputs: dict[str, Any], options: NetOptions, norms: Norms, shape: Shape) -> Any:
    """One sequence [people, T, width] of the modalities that have segments; None without any."""
    wanted = [
        name for name in (SEGMENTS, EMBEDDINGS) if name in options.modalities and shape.width(name)
    ]
    told = [_projected(inputs, name, options, norms) for name in wanted]
    if len(told) < 2:
        return told[0] if told else None
    return FUSED[options.fusion](*told, inputs["mask"], options)


def _projected(inputs: dict[str, Any], name: str, options: NetOptions, norms: Norms) -> Any:
    """A modality in the network's width, zeros where it is missing."""
    layers = open_keras().layers
    place = MODALITIES.index(name)
    standard = layers.Dropout(options.dropout / 2)(_standard(inputs[name], norms[name]))
    there = inputs["present"][:, place : place + 1, None]
    return layers.Dense(options.width, activation="tanh")(standard) * there


def _memo_level(inputs: dict[str, Any], name: str, options: NetOptions, norms: Norms) -> Any:
    """What is known of the whole memo, thought over and as it stands (Cheng et al. 2016)."""
    layers = open_keras().layers
    place = MODALITIES.index(name)
    standard = _standard(inputs[name], norms[name])
    there = inputs["present"][:, place : place + 1]
    thought = layers.Dense(options.width, activation="tanh")(standard)
    return layers.Concatenate()([thought, standard]) * there


def _concat(one: Any, other: Any, mask: Any, options: NetOptions) -> Any:  # noqa: ARG001
    layers = open_keras().layers
    return layers.Dense(options.width, activation="tanh")(layers.Concatenate()([one, other]))


def _gated(one: Any, other: Any, mask: Any, options: NetOptions) -> Any:  # noqa: ARG001
    """Each number is a mixture, as both modalities decide (Arevalo et al. 2017)."""
    layers = open_keras().layers
    gate = layers.Dense(options.width, activation="sigmoid")(layers.Concatenate()([one, other]))
    return gate * one + (1.0 - gate) * other


def _crossed(one: Any, other: Any, mask: Any, options: NetOptions) -> Any:
    """Each modality looks at the other over all segments (Tsai et al. 2019)."""
    layers = open_keras().layers
    looks = [
        here + _attention(options)(here, there, attention_mask=_seen(mask))
        for here, there in ((one, other), (other, one))
    ]
    return layers.Dense(options.width, activation="tanh")(layers.Concatenate()(looks))


FUSED: Mapping[str, Callable[..., Any]] = {
    "concat": _concat,
    "gated": _gated,
    "cross-attention": _crossed,
}


def _encoded(sequence: Any, mask: Any, options: NetOptions) -> Any:
    layers = open_keras().layers
    if options.encoder == "bilstm":
        both = layers.Bidirectional(layers.LSTM(options.width // 2, return_sequences=True))
        return both(sequence, mask=mask > 0.5)
    placed = sequence + positions(sequence.shape[1], options.width)
    seen = layers.LayerNormalization()(
        placed + _attention(options)(placed, placed, attention_mask=_seen(mask))
    )
    thought = layers.Dense(options.width)(layers.Dense(2 * options.width, activation="relu")(seen))
    return layers.LayerNormalization()(seen + layers.Dropout(options.dropout)(thought))


def _attention(options: NetOptions) -> Any:
    return open_keras().layers.MultiHeadAttention(HEADS, max(1, options.width // HEADS))


def _seen(mask: Any) -> Any:
    """Which segments may be looked at, from each: [people, T, T]."""
    ops = open_keras().ops
    return ops.repeat(mask[:, None, :] > 0.5, mask.shape[1], axis=1)


def _pooled(sequence: Any, mask: Any) -> Any:
    """Mean over the segments that are there."""
    ops = open_keras().ops
    total = ops.sum(sequence * mask[:, :, None], axis=1)
    return total / ops.maximum(ops.sum(mask, axis=1, keepdims=True), 1.0)


def positions(count: int, width: int) -> FloatArray:
    """Where each segment stands, as waves of falling frequency (Vaswani et al. 2017).

    >>> positions(2, 4).shape
    (2, 4)
    """
    rates = 10_000.0 ** (-2 * (np.arange(width) // 2) / width)
    angles = np.arange(count)[:, None] * rates
    waves = np.where(np.arange(width) % 2, np.cos(angles), np.sin(angles))
    return np.asarray(0.1 * waves, dtype=np.float32)
