"""Arithmetic of segments: pure functions over spans of time.

>>> spoken = [Segment(0.0, 1.0, 0.9), Segment(1.5, 2.0, 0.9)]
>>> speech_s(spoken), gaps(spoken)
(1.5, [0.5])
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sottovoce.domain import Segment


def union(segments: Sequence[Segment]) -> list[Segment]:
    """Segments in order of time, those that touch or overlap joined into one.

    The probability of a joined segment is that of its parts, weighted by their length.

    >>> union([Segment(1.0, 2.0, 0.5), Segment(0.0, 1.0, 1.0)])
    [Segment(start_s=0.0, end_s=2.0, speech_probability=0.75)]
    """
    joined: list[Segment] = []
    for segment in sorted(segments, key=lambda segment: (segment.start_s, segment.end_s)):
        if joined and segment.start_s <= joined[-1].end_s:
            joined[-1] = _joined(joined[-1], segment)
        else:
            joined.append(segment)
    return joined


def speech_s(segments: Sequence[Segment]) -> float:
    """Seconds of speech in all; what overlaps counts once.

    >>> speech_s([Segment(0.0, 2.0, 0.9), Segment(1.0, 3.0, 0.9)])
    3.0
    """
    return float(sum(segment.duration_s for segment in union(segments)))


def gaps(segments: Sequence[Segment]) -> list[float]:
    """Seconds of each pause between one stretch of speech and the next, in order of time."""
    spoken = union(segments)
    return [later.start_s - earlier.end_s for earlier, later in pairwise(spoken)]


def frame_labels(
    segments: Sequence[Segment], n_frames: int, hop_s: float = 0.010
) -> npt.NDArray[np.bool_]:
    """Which frames are speech, bool [n_frames]: those whose centre lies in a segment.

    >>> frame_labels([Segment(0.01, 0.03, 0.9)], 4).tolist()
    [False, True, True, False]
    """
    centres_s = (np.arange(n_frames) + 0.5) * hop_s
    labels = np.zeros(n_frames, dtype=np.bool_)
    for segment in segments:
        labels |= (centres_s >= segment.start_s) & (centres_s < segment.end_s)
    return labels


def _joined(first: Segment, second: Segment) -> Segment:
    lengths_s = first.duration_s + second.duration_s
    weight = first.duration_s / lengths_s if lengths_s else 0.5
    probability = weight * first.speech_probability + (1 - weight) * second.speech_probability
    return Segment(first.start_s, max(first.end_s, second.end_s), probability)
