"""Timing of speech: pauses, latency and the rate of syllables.

Pauses and latency come from the segments of the voice activity detector, rates from the syllable
nuclei of ``sottovoce.features.syllables``. Speech rate counts the pauses in, articulation rate
leaves them out (de Jong & Wempe 2009, doi:10.3758/BRM.41.2.385).

>>> heard = timing([Segment(0.5, 2.0, 0.9), Segment(2.5, 4.5, 0.9)])
>>> heard.latency_s, heard.pause_ratio, heard.pause_mean_s, heard.speech_s
(0.5, 0.125, 0.5, 3.5)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sottovoce.domain import SAMPLE_RATE_HZ, Segment
from sottovoce.speech import gaps, union
from sottovoce.speech.phrases import MAX_GAP_SAMPLES

MAX_GAP_S = MAX_GAP_SAMPLES / SAMPLE_RATE_HZ  # a longer one ends a phrase
SHORTEST_PAUSE_S = 0.25  # shorter gaps belong to the sounds of speech (Goldman-Eisler 1968)
SHORTEST_SPEECH_S = 0.5  # of less, a rate means nothing


@dataclass(frozen=True, slots=True)
class Timing:
    """When there was speech.

    ``span_s`` runs from the first speech to the last; ``speech_s`` is what remains of it without
    pauses of at least 0.25 s, ``pause_ratio`` (0..1) their share of it, and ``phrases_s`` what
    remains without those that end a phrase. ``latency_s`` is the time before the first speech.
    All that could not be measured is None: everything without speech, ``pause_mean_s`` also
    without a pause.
    """

    span_s: float = 0.0
    speech_s: float = 0.0
    phrases_s: float = 0.0
    latency_s: float | None = None
    pause_ratio: float | None = None
    pause_mean_s: float | None = None
    pause_rate_per_min: float | None = None


def timing(segments: Sequence[Segment]) -> Timing:
    """Measure pauses and latency; segments may come in any order, touch or overlap."""
    spoken = union(segments)
    if not spoken:
        return Timing()
    gaps_s = gaps(spoken)
    pauses_s = [gap_s for gap_s in gaps_s if gap_s >= SHORTEST_PAUSE_S]
    span_s = spoken[-1].end_s - spoken[0].start_s
    return Timing(
        span_s=span_s,
        speech_s=span_s - sum(pauses_s),
        phrases_s=span_s - sum(gap_s for gap_s in gaps_s if gap_s > MAX_GAP_S),
        latency_s=spoken[0].start_s,
        pause_ratio=sum(pauses_s) / span_s,
        pause_mean_s=sum(pauses_s) / len(pauses_s) if pauses_s else None,
        pause_rate_per_min=60 * len(pauses_s) / span_s,
    )


def rate_per_s(syllables: float, duration_s: float) -> float | None:
    """Syllables a second; None for less than half a second.

    >>> rate_per_s(9, 2.0), rate_per_s(1, 0.2)
    (4.5, None)
    """
    return syllables / duration_s if duration_s >= SHORTEST_SPEECH_S else None
