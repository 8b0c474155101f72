"""The embedded model on a made corpus, through the product's own pipeline."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from sottovoce.analysis.pipeline import analyze, load_model
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.errors import ModelError
from sottovoce.models.registry import DEFAULT_MODEL
from sottovoce.training.errors import CorpusError
from sottovoce.training.evaluation.product import (
    evaluate_model,
    known_clips,
    trained_on_warnings,
    unknown_notes,
)
from sottovoce.training.evaluation.report import report_files
from sottovoce.training.manifest import Clip, Manifest

CARD = load_model().card


@pytest.fixture
def corpus(voices: Path, tmp_path: Path) -> Path:
    """A copy of the first corpus, to be spoilt."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for file in (voices / "one").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_the_model_says_what_the_product_says(corpus: Path) -> None:
    found = evaluate_model(corpus, DEFAULT_MODEL)
    said = found.judged.said
    emotion = analyze(corpus / "0-calm.wav").emotion
    assert emotion is not None
    assert said.labels == CARD.labels
    assert said.probabilities[0].tolist() == [emotion.probabilities[label] for label in CARD.labels]
    assert found.judged.corpora == ("mine",) * 6
    assert found.notes == ()
    assert [one.clips for one in found.readings] == [6, 6, 6]
    assert "Read in other ways" in report_files(found, ())["report.html"]


def test_an_unusable_clip_is_counted(corpus: Path) -> None:
    silence = np.zeros(2 * SAMPLE_RATE_HZ, np.float32)
    soundfile.write(corpus / "0-happy.wav", silence, SAMPLE_RATE_HZ)
    found = evaluate_model(corpus, DEFAULT_MODEL)
    assert len(found.judged.said) == 5
    assert found.notes[0].startswith("1 of 6 clips are unusable: ")
    answered, _, whole = found.readings
    assert (answered.clips, whole.clips) == (5, 6)
    assert whole.ua.value <= answered.ua.value


def test_words_can_be_given(corpus: Path) -> None:
    table = corpus / "labels.csv"
    table.write_text(table.read_text().replace("sad", "Trauer"))
    with pytest.raises(CorpusError, match="is labelled 'Trauer'"):
        evaluate_model(corpus, DEFAULT_MODEL)
    found = evaluate_model(corpus, DEFAULT_MODEL, words={"Trauer": "ignored"})
    assert found.notes == ("mine: 2 clips labelled 'Trauer' are left out",)


def spoil_missing(folder: Path) -> None:
    (folder / "0-happy.wav").unlink()


def spoil_empty(folder: Path) -> None:
    (folder / "0-happy.wav").write_bytes(b"")


def spoil_sound(folder: Path) -> None:
    (folder / "0-happy.wav").write_bytes(b"RIFF but no sound")


def keep_rows(folder: Path, word: str) -> None:
    header, *rows = (folder / "labels.csv").read_text().splitlines()
    kept = [row for row in rows if word in row]
    (folder / "labels.csv").write_text("\n".join([header, *kept]) + "\n")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_missing, r"0-happy\.wav' is listed but not there$"),
        (spoil_empty, r"0-happy\.wav' is empty$"),
        (spoil_sound, r"0-happy\.wav' cannot be decoded"),
        (lambda folder: keep_rows(folder, "0-"), r"mine', are of one speaker \('mine_0'\)"),
        (lambda folder: keep_rows(folder, "sad"), r"mine', are labelled 'sad'; 2 emotions"),
    ],
)
def test_a_spoilt_corpus_is_one_sentence(corpus: Path, spoil, sentence: str) -> None:
    spoil(corpus)
    with pytest.raises(CorpusError, match=sentence):
        evaluate_model(corpus, DEFAULT_MODEL)


def test_an_unknown_model(corpus: Path) -> None:
    with pytest.raises(ModelError, match="no model 'grand'"):
        evaluate_model(corpus, "grand")


def test_labels_that_the_model_does_not_know(tmp_path: Path) -> None:
    small = replace(CARD, labels=("calm", "sad"))
    words = ("calm", "sad", "happy", "happy")
    clips = tuple(Clip(Path(f"{n}.wav"), "x_1", word) for n, word in enumerate(words))
    assert [clip.emotion for clip in known_clips(tmp_path, Manifest(clips), small)] == [
        "calm",
        "sad",
    ]
    (note,) = unknown_notes(small, Manifest(clips))
    assert note.startswith("2 clips labelled 'happy', which")
    with pytest.raises(CorpusError, match="knows fewer than two of these: calm, sad"):
        known_clips(tmp_path, Manifest(clips[1:]), small)


def test_a_corpus_the_model_was_trained_on_is_warned_of(make_clips) -> None:
    learnt = replace(CARD, text={"trained_on": {"made": 8}})
    (warning,) = trained_on_warnings(learnt, make_clips(["f1"]))
    assert "trained on made" in warning
    assert trained_on_warnings(learnt, make_clips(["f1"], corpus="other")) == ()
