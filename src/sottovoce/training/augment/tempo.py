"""Faster, slower, higher, lower: by FFmpeg's filters."""

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.frames import audio_frame, fitted, joined

Filters = tuple[tuple[str, str], ...]


def change_speed(samples: FloatArray, factor: float) -> FloatArray:
    """Play faster (factor above 1) or slower: pitch and formants move along, as with a tape.

    The length becomes n / factor.
    """
    return _filtered(samples, (*_retuned(factor),), round(len(samples) / factor))


def change_tempo(samples: FloatArray, factor: float) -> FloatArray:
    """Speak faster (factor above 1) or slower at the same pitch (overlap-add, WSOLA)."""
    return _filtered(samples, (("atempo", f"{factor}"),), round(len(samples) / factor))


def change_pitch(samples: FloatArray, semitones: float) -> FloatArray:
    """Move pitch and formants together at the same tempo: a larger or smaller speaker."""
    factor = 2 ** (semitones / 12)
    return _filtered(samples, (*_retuned(factor), ("atempo", f"{1 / factor}")), len(samples))


def _retuned(factor: float) -> Filters:
    return ("asetrate", f"{round(SAMPLE_RATE_HZ * factor)}"), ("aresample", f"{SAMPLE_RATE_HZ}")


def _filtered(samples: FloatArray, filters: Filters, length: int) -> FloatArray:
    graph = av.filter.Graph()
    nodes = [
        graph.add_abuffer(
            format="flt",
            sample_rate=SAMPLE_RATE_HZ,
            layout="mono",
            time_base=Fraction(1, SAMPLE_RATE_HZ),
        ),
        *(graph.add(name, arguments) for name, arguments in filters),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    nodes[0].push(audio_frame(samples))
    nodes[0].push(None)
    return fitted(joined(_pulled(graph)), length)


def _pulled(graph: av.filter.Graph) -> Iterator[av.AudioFrame]:
    while True:
        try:
            yield cast(av.AudioFrame, graph.pull())
        except (av.error.BlockingIOError, av.error.EOFError):
            return
