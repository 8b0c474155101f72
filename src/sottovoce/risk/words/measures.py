"""What a transcript gives beside the voice: how it was worded, how fast, with which pauses."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import groupby, pairwise

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.risk.words.sentiment import NEGATIVE_BELOW, Sentiment
from sottovoce.risk.words.transcript import Line, Span, Transcript, side_of

SHORTEST_PAUSE_S = 0.15  # what is shorter belongs to the words


@dataclass(frozen=True, slots=True)
class WordMeasures:
    """Of one memo or interview; each None where it cannot be told.

    Sentiments are -1 (negative) to 1 (positive), of a line; ``negative_line_ratio`` 0..1 is the
    share of lines that are clearly negative. ``word_rate_per_min`` counts words over the time of
    their lines, or over the whole sound where lines have no times. Pauses are those between words,
    or between lines where words have no times; ``word_pause_ratio`` 0..1 is their share of the
    time from first to last word.
    """

    sentiment_mean: float | None
    sentiment_lowest: float | None
    sentiment_deviation: float | None
    negative_line_ratio: float | None
    word_rate_per_min: float | None
    word_pause_mean_s: float | None
    word_pause_ratio: float | None


NAMES = tuple(field.name for field in fields(WordMeasures))
NOTHING = WordMeasures(*[None] * len(NAMES))


def measure_words(
    transcript: Transcript,
    sentiment: Sentiment,
    duration_s: float | None = None,
    *,
    interviewer: bool = False,
) -> WordMeasures:
    """The measures of what one side said; all None where it said nothing.

    Parameters
    ----------
    transcript
        Lines of both sides.
    sentiment
        What gives a line its sentiment.
    duration_s
        Length of the sound; used where lines have no times.
    interviewer
        Which side.
    """
    own = side_of(transcript, interviewer=interviewer)
    if not own.lines:
        return NOTHING
    worded = np.array([sentiment.score(line.text) for line in own.lines])
    pauses_s, reach_s = pauses(transcript, interviewer=interviewer)
    return WordMeasures(
        sentiment_mean=_short(worded.mean()),
        sentiment_lowest=_short(worded.min()),
        sentiment_deviation=_short(worded.std()),
        negative_line_ratio=_short((worded < NEGATIVE_BELOW).mean()),
        word_rate_per_min=word_rate(own, duration_s),
        word_pause_mean_s=_short(float(np.mean(pauses_s))) if pauses_s else None,
        word_pause_ratio=_short(sum(pauses_s) / reach_s) if reach_s else None,
    )


def word_values(measures: WordMeasures) -> FloatArray:
    """The measures in the order of ``NAMES``, float32 [7]; NaN for None.

    >>> word_values(WordMeasures(0.5, None, None, None, None, None, None))[:2].tolist()
    [0.5, nan]
    """
    values = [np.nan if value is None else value for value in astuple(measures)]
    return np.array(values, dtype=np.float32)


def word_rate(transcript: Transcript, duration_s: float | None) -> float | None:
    """Words a minute.

    >>> word_rate(Transcript((Line("it was long", (1.0, 2.0)),)), None)
    180.0
    """
    spans = [line.span_s for line in transcript.lines if line.span_s]
    time_s = sum(end - start for start, end in spans) if transcript.timed else duration_s
    count = sum(len(line.text.split()) for line in transcript.lines)
    return 60 * count / time_s if time_s else None


def pauses(transcript: Transcript, *, interviewer: bool = False) -> tuple[list[float], float]:
    """Pauses of one side in seconds, and the time in which they could lie; nothing without times.

    What lies between two lines with words of the other side between them is no pause of one's own.

    >>> pauses(Transcript((Line("a", (0.0, 1.0)), Line("b", (1.5, 2.0)))))
    ([0.5], 2.0)
    """
    found, reach_s = [], 0.0
    for stretch in stretches(transcript.lines, interviewer):
        spans = sorted(span for line in stretch for span in _spans(line))
        gaps = [after[0] - before[1] for before, after in pairwise(spans)]
        found += [gap for gap in gaps if gap >= SHORTEST_PAUSE_S]
        reach_s += max(end for _, end in spans) - spans[0][0]
    return found, reach_s


def stretches(lines: Sequence[Line], interviewer: bool) -> list[list[Line]]:
    """Lines with times that one side says without the other between."""
    sides = groupby(lines, key=lambda line: line.interviewer)
    own = [[line for line in run if line.span_s] for side, run in sides if side == interviewer]
    return [run for run in own if run]


def _spans(line: Line) -> Sequence[Span]:
    return line.word_spans_s or ([line.span_s] if line.span_s else [])


def _short(value: float) -> float:
    return round(float(value), 6)
