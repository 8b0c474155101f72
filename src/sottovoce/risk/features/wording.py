"""What one side says in an interview, as numbers: the third modality, beside the voice."""

from collections.abc import Iterator, Sequence

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.features.cutting import Side
from sottovoce.risk.interviews import Interview, Turn
from sottovoce.risk.words.measures import NAMES, measure_words, word_values
from sottovoce.risk.words.reading import read_transcript
from sottovoce.risk.words.sentiment import Sentiment
from sottovoce.risk.words.transcript import Line, Transcript, check_inside


def unsaid() -> FloatArray:
    """The words of whoever has no transcript: not numbers, which the network takes as missing."""
    return np.full(len(NAMES), np.nan, np.float32)


def said(interview: Interview, side: Side, sentiment: Sentiment, decoder: Decoder) -> FloatArray:
    """The measures of one side's words, float32 [7]; their mean where there are several files.

    Raises
    ------
    TranscriptError
        A transcript cannot be read, or its words lie outside the sound.
    """
    asked = side == "interviewer"
    rows = [
        word_values(measure_words(transcript, sentiment, duration_s, interviewer=asked))
        for transcript, duration_s in read_words(interview, decoder)
    ]
    table = np.array([unsaid(), *rows])
    count = np.isfinite(table).sum(axis=0)
    mean = np.nansum(table, axis=0) / np.maximum(count, 1)
    return np.where(count > 0, mean, np.nan).astype(np.float32)


def read_words(interview: Interview, decoder: Decoder) -> Iterator[tuple[Transcript, float]]:
    """Each transcript of an interview, and how long its sound is in seconds."""
    for audio, words in zip(interview.audio, interview.transcripts, strict=False):
        transcript = read_transcript(words)
        duration_s = len(decoder.decode(audio).samples) / SAMPLE_RATE_HZ
        check_inside(transcript, duration_s, f"'{words}'")
        yield parted_by(transcript, interview.turns or ()), duration_s


def parted_by(transcript: Transcript, turns: Sequence[Turn]) -> Transcript:
    """One side's lines with the other's turns between them, where the transcript holds none.

    Else the time in which the other spoke would count as one's own pause.

    >>> from sottovoce.risk.words.transcript import Line
    >>> alone = Transcript((Line("yes", (0.0, 1.0)), Line("no", (5.0, 6.0))))
    >>> [line.text for line in parted_by(alone, [Turn(1.0, 5.0, True)]).lines]
    ['yes', '', 'no']
    """
    if not transcript.timed or any(line.interviewer for line in transcript.lines):
        return transcript
    others = [
        Line("", (turn.start_s, turn.end_s), interviewer=True) for turn in turns if turn.interviewer
    ]
    lines = sorted((*transcript.lines, *others), key=lambda line: line.span_s or (0.0, 0.0))
    return Transcript(tuple(lines))
