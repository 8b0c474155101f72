"""What was heard of people as arrays of one length, and how each feature is usually spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.network.options import EMBEDDINGS, MARKERS, MODALITIES, SEGMENTS, WORDS

Inputs = dict[str, FloatArray]
Norms = dict[str, tuple[FloatArray, FloatArray]]
LEAST_SD = 1e-6


@dataclass(frozen=True, slots=True)
class Shape:
    """How many segments of an interview are heard, and how many numbers each modality has."""

    segments: int
    widths: dict[str, int]

    def width(self, name: str) -> int:
        """How many numbers a modality has; 0 where the network was made without it."""
        return self.widths.get(name, 0)


def shape_of(heard: Heard, most_segments: int) -> Shape:
    """The shape that fits what was heard of one person."""
    widths = {
        SEGMENTS: heard.segments.shape[1],
        EMBEDDINGS: heard.embeddings.shape[1],
        MARKERS: len(heard.markers),
        WORDS: len(heard.words),
    }
    return Shape(most_segments, widths)


def batch(people: Sequence[Heard], shape: Shape) -> Inputs:
    """All people as arrays of one length.

    ``segments`` and ``embeddings`` float32 [people, T, width] (zeros after the last segment),
    ``markers`` float32 [people, 13], ``words`` float32 [people, 7 or none], ``mask`` float32
    [people, T] (1 where there is a segment), ``present`` float32 [people, modalities]: whether each
    was heard at all.
    """
    rows = [_row(heard, shape) for heard in people]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _row(heard: Heard, shape: Shape) -> Inputs:
    chosen = evenly(len(heard), shape.segments)
    row = {
        SEGMENTS: _padded(heard.segments, chosen, shape, SEGMENTS),
        EMBEDDINGS: _padded(heard.embeddings, chosen, shape, EMBEDDINGS),
        MARKERS: heard.markers.astype(np.float32),
        WORDS: _words(heard, shape),
        "mask": (np.arange(shape.segments) < len(chosen)).astype(np.float32),
    }
    return row | {"present": _present(heard, row, shape)}


def _words(heard: Heard, shape: Shape) -> FloatArray:
    """What was said, as numbers; not numbers where there is no transcript."""
    width = shape.width(WORDS)
    if len(heard.words) == width:
        return heard.words.astype(np.float32)
    return np.full(width, np.nan, np.float32)


def _present(heard: Heard, row: Inputs, shape: Shape) -> FloatArray:
    """1 for each modality that was heard, of those the network knows, in their order."""
    there = {
        SEGMENTS: len(heard) > 0,
        EMBEDDINGS: heard.embeddings.size > 0,
        MARKERS: np.isfinite(heard.markers).any(),
        WORDS: np.isfinite(row[WORDS]).any(),
    }
    return np.array([there[name] for name in MODALITIES if name in shape.widths], np.float32)


def _padded(table: FloatArray, chosen: np.ndarray, shape: Shape, name: str) -> FloatArray:
    """Chosen rows and zeros; all zeros where the modality is missing."""
    padded = np.zeros((shape.segments, shape.widths[name]), np.float32)
    if table.shape[1] == shape.widths[name]:
        padded[: len(chosen)] = table[chosen]
    return padded


def evenly(count: int, most: int) -> np.ndarray:
    """At most so many places, evenly chosen, in order.

    >>> evenly(3, 5).tolist(), evenly(10, 4).tolist()
    ([0, 1, 2], [0, 3, 6, 9])
    """
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(int)


def norms_of(inputs: Inputs) -> Norms:
    """Mean and deviation of each feature over what is there, by modality."""
    there = inputs["mask"] > 0
    found = {name: inputs[name][there] for name in (SEGMENTS, EMBEDDINGS)}
    return {name: _norm(found.get(name, inputs[name])) for name in MODALITIES}


def _norm(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = np.isfinite(table)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, table, 0.0).astype(np.float64)
    mean = filled.sum(axis=0) / count
    variance = (np.where(known, filled - mean, 0.0) ** 2).sum(axis=0) / count
    deviation = np.maximum(np.sqrt(variance), LEAST_SD)
    return mean.astype(np.float32), deviation.astype(np.float32)
