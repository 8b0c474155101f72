"""Speech found in real recordings: against references, and nowhere missed in the corpora.

``benchmarks/vad.py`` prints the same figures over everything; bounds here have some room.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from vad_reference import (
    NOTHING,
    Conversation,
    FrameError,
    conversations,
    frame_error,
    ours,
    raw_silero,
)

from sottovoce.audio.decode import Decoder
from sottovoce.audio.quality import QualityMeter
from sottovoce.domain import Quality, Segment
from sottovoce.speech import SpeechStream

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def talks(corpus_folder: Path) -> Sequence[Conversation]:
    """The conversations that have a reference."""
    return list(conversations(corpus_folder / "diar"))


def heard(corpus: Path, every: int) -> Iterator[tuple[str, int, Quality]]:
    """Path, number of windows and quality of every so many clips."""
    with (corpus / "labels.csv").open(newline="", encoding="utf-8") as file:
        paths = [row["path"] for row in csv.DictReader(file)][::every]
    with Decoder() as decoder:
        for path in paths:
            samples = decoder.decode(corpus / path).samples
            stream, meter = SpeechStream(), QualityMeter()
            windows = stream.push(samples) + stream.finish()
            meter.push(samples)
            yield path, len(windows), meter.finish(stream.segments)


def test_the_frame_error_is_below_that_of_the_model_alone(talks: Sequence[Conversation]) -> None:
    assert len(talks) == 16
    found = sum((frame_error(talk, ours(talk.samples)) for talk in talks), NOTHING)
    alone = sum((frame_error(talk, raw_silero(talk.samples)) for talk in talks), NOTHING)
    assert found.ratio < 0.13
    assert found.ratio < alone.ratio
    assert found.false / found.frames < 0.04


def test_frames_outside_the_annotated_region_do_not_count(talks: Sequence[Conversation]) -> None:
    whole = [Segment(0.0, 1000.0, 1.0)]
    [part] = [talk for talk in talks if talk.name == "trn00"]
    assert frame_error(part, whole).frames == 3000
    nothing = frame_error(part, [])
    assert nothing == FrameError(3000, nothing.speech, nothing.speech, 0)


@pytest.mark.parametrize(("corpus", "every"), [("ravdess", 12), ("nemo", 15)])
def test_acted_sentences_are_usable_and_nearly_always_one_window(
    corpus_folder: Path, corpus: str, every: int
) -> None:
    clips = list(heard(corpus_folder / corpus, every))
    assert len(clips) >= 120
    assert [path for path, _, quality in clips if quality.verdict == "unusable"] == []
    assert sum(windows == 1 for _, windows, _ in clips) >= 0.97 * len(clips)


@pytest.mark.parametrize(
    "clip", ["03-01-06-02-02-02-06", "03-01-05-02-02-01-18", "03-01-03-02-01-01-06"]
)
def test_a_shrill_shout_is_heard(corpus_folder: Path, clip: str) -> None:
    with Decoder() as decoder:
        samples = decoder.decode(corpus_folder / "ravdess" / "flac" / f"{clip}.flac").samples
    assert sum(segment.duration_s for segment in raw_silero(samples)) < 0.2
    assert sum(segment.duration_s for segment in ours(samples)) > 0.8


def test_noise_is_mostly_not_speech(corpus_folder: Path) -> None:
    clips = list(heard(corpus_folder / "noise", 1))
    assert len(clips) == 80
    assert sum(quality.verdict == "unusable" for _, _, quality in clips) >= 68
