"""Conversations with reference speech (RTTM and UEM files), and the frame error against them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Segment
from sottovoce.speech import find_segments, frame_labels
from sottovoce.speech.ear import FRAME_S, FRAME_SAMPLES, Ear

HOP_S = 0.010
RAW_THRESHOLD = 0.5


@dataclass(frozen=True)
class Conversation:
    """A recording, where its reference says there is speech, and where it was annotated."""

    name: str
    samples: FloatArray
    speech: Sequence[Segment]
    annotated: Sequence[Segment]


@dataclass(frozen=True)
class FrameError:
    """Frames of 10 ms: all, speech by the reference, missed, and falsely found."""

    frames: int
    speech: int
    missed: int
    false: int

    def __add__(self, other: "FrameError") -> "FrameError":
        return FrameError(
            self.frames + other.frames,
            self.speech + other.speech,
            self.missed + other.missed,
            self.false + other.false,
        )

    @property
    def ratio(self) -> float:
        """Missed and false frames as a share of all."""
        return (self.missed + self.false) / self.frames

    @property
    def detection_error(self) -> float:
        """Missed and false frames as a share of the speech."""
        return (self.missed + self.false) / self.speech


NOTHING = FrameError(0, 0, 0, 0)


def conversations(folder: Path) -> Iterator[Conversation]:
    """The recordings of ``diar/`` in order of their names."""
    speech, annotated = _spans(folder, "rttm", (1, 3, 4)), _spans(folder, "uem", (0, 2, 3))
    with Decoder() as decoder:
        for path in sorted((folder / "flac").glob("*.flac")):
            samples = decoder.decode(path).samples
            whole = [Segment(0.0, len(samples) / SAMPLE_RATE_HZ, 1.0)]
            ends = annotated.get(path.stem)
            known = [Segment(start, end, 1.0) for start, end in ends] if ends else whole
            spoken = [Segment(s, s + long, 1.0) for s, long in speech.get(path.stem, [])]
            yield Conversation(path.stem, samples, spoken, known)


def frame_error(talk: Conversation, found: Sequence[Segment]) -> FrameError:
    """Compare what was found with the reference, where there is one."""
    n_frames = round(len(talk.samples) / SAMPLE_RATE_HZ / HOP_S)
    spoken, heard, known = (
        frame_labels(segments, n_frames, HOP_S) for segments in (talk.speech, found, talk.annotated)
    )
    missed, false = spoken & ~heard & known, heard & ~spoken & known
    counts = (int(frames.sum()) for frames in (known, spoken & known, missed, false))
    return FrameError(*counts)


def ours(samples: FloatArray) -> list[Segment]:
    """Speech as Sottovoce finds it."""
    return find_segments(samples)


def raw_silero(samples: FloatArray) -> list[Segment]:
    """Speech as the model alone finds it: every frame of at least one half, level as it is."""
    padded = np.pad(samples, (0, -len(samples) % FRAME_SAMPLES))
    chances = Ear().probabilities(padded)
    return [
        Segment(i * FRAME_S, (i + 1) * FRAME_S, float(chances[i]))
        for i in np.flatnonzero(chances >= RAW_THRESHOLD)
    ]


def _spans(
    folder: Path, suffix: str, fields: tuple[int, int, int]
) -> dict[str, list[tuple[float, float]]]:
    spans: dict[str, list[tuple[float, float]]] = {}
    for path in sorted(folder.glob(f"*.{suffix}")):
        for line in path.read_text().splitlines():
            name, first, second = (line.split()[field] for field in fields)
            spans.setdefault(name, []).append((float(first), float(second)))
    return spans
