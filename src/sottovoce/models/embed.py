"""Embeddings of a voice from an imported speech model: what later parts and researchers build on.

A window's embedding is the mean over time of one hidden state (0: before the first layer), or of
all of them by given weights (Yang et al. 2021, SUPERB). A recording's is the mean of its windows',
weighted by their length.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray, Recording
from sottovoce.errors import ModelError
from sottovoce.models.speech_model import SpeechModel
from sottovoce.speech import find_windows

Layer = int | Sequence[float]


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """What was heard in the windows of one recording.

    ``vector`` is float32 [width]; ``windows`` float32 [windows, width]; ``spans_s`` the place of
    each window in seconds.
    """

    vector: FloatArray
    windows: FloatArray
    spans_s: tuple[tuple[float, float], ...]


def embed(recording: Recording, model: SpeechModel, layer: Layer = -1) -> Embedding | None:
    """The embedding of a recording, or None when there is no speech in it.

    Parameters
    ----------
    recording
        Decoded sound.
    model
        An imported model; see ``sottovoce models import``.
    layer
        Which hidden state, 0 to the number of layers, negative from the end; or one weight for
        each of them, brought to sum 1.

    Raises
    ------
    ModelError
        There is no such layer, or not one weight for each.
    """
    windows = find_windows(recording.samples)
    if not windows:
        return None
    heard = np.stack([pooled(model.means(window.samples), layer) for window in windows])
    lengths_s = np.array([window.segment.duration_s for window in windows])
    shares = (lengths_s / lengths_s.sum()).astype(np.float32)
    spans_s = tuple((window.segment.start_s, window.segment.end_s) for window in windows)
    return Embedding(shares @ heard, heard, spans_s)


def pooled(means: FloatArray, layer: Layer) -> FloatArray:
    """One row of the means [states, width], or their weighted sum.

    >>> pooled(np.float32([[1, 1], [3, 5]]), -1).tolist()
    [3.0, 5.0]
    >>> pooled(np.float32([[1, 1], [3, 5]]), [1, 1]).tolist()
    [2.0, 3.0]
    """
    states = len(means)
    if isinstance(layer, int):
        if not -states <= layer < states:
            raise ModelError(f"there is no layer {layer}; there are 0 to {states - 1}")
        return np.asarray(means[layer])
    weights = np.asarray(layer, dtype=np.float32)
    if weights.shape != (states,) or weights.sum() <= 0:
        raise ModelError(
            f"{len(weights)} weights were given for {states} layers, or their sum is 0"
        )
    return np.asarray(weights / weights.sum() @ means)
