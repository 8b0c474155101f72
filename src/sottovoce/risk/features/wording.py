"""What one side says in an interview, as numbers: the third modality, beside the voice."""

from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.features.cutting import Side
from sottovoce.risk.interviews import Interview
from sottovoce.risk.words.measures import NAMES, measure_words, word_values
from sottovoce.risk.words.reading import read_transcript
from sottovoce.risk.words.sentiment import Sentiment
from sottovoce.risk.words.transcript import check_inside


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
    pairs = zip(interview.audio, interview.transcripts, strict=False)
    rows = [_of_file(audio, words, asked, sentiment, decoder) for audio, words in pairs]
    table = np.array([unsaid(), *rows])
    count = np.isfinite(table).sum(axis=0)
    mean = np.nansum(table, axis=0) / np.maximum(count, 1)
    return np.where(count > 0, mean, np.nan).astype(np.float32)


def _of_file(
    audio: Path, words: Path, asked: bool, sentiment: Sentiment, decoder: Decoder
) -> FloatArray:
    transcript = read_transcript(words)
    duration_s = len(decoder.decode(audio).samples) / SAMPLE_RATE_HZ
    check_inside(transcript, duration_s, f"'{words}'")
    return word_values(measure_words(transcript, sentiment, duration_s, interviewer=asked))
