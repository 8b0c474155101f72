"""Words as a third modality, from a manifest to an answer: only they tell the people apart here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from sottovoce.audio.decode import Decoder, decode
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.runtime import ASSETS

if any(find_spec(needed) is None for needed in ("keras", "torch", "vaderSentiment")):
    pytest.skip(
        "Keras, torch or VADER is not here: pip install 'sottovoce[risk,words]'",
        allow_module_level=True,
    )

from sottovoce.analysis.batch import Plan as AnalysisPlan
from sottovoce.errors import ModelError
from sottovoce.risk.analysing import open_analyst
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.gathering import Listener
from sottovoce.risk.features.hearing import Ears
from sottovoce.risk.features.wording import said
from sottovoce.risk.interviews import Corpus
from sottovoce.risk.marks import write_marked
from sottovoce.risk.network.options import SEGMENTS, WORDS, NetOptions
from sottovoce.risk.study.crossing import Plan
from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.shipping import ship_model
from sottovoce.risk.study.studying import Wanted, study
from sottovoce.risk.words.measures import NAMES
from sottovoce.risk.words.sentiment import open_sentiment
from sottovoce.training.errors import CorpusError

PEOPLE = 16
SAID = ("What a lovely and happy day!", "I feel hopeless, sad and alone.")
OPTIONS = NetOptions(
    modalities=(SEGMENTS, WORDS), width=4, dropout=0.1, most_segments=2, epochs=25, patience=25
)
PLAN = Plan(folds=2, seeds=1, choices=(OPTIONS,))
PASSING = {
    "labels": "clinical", "cases": 20, "others": 20, "sensitivity": 0.7, "specificity": 0.7,
    "auc": {"value": 0.8, "low": 0.7, "high": 0.9},
}  # fmt: skip


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One voice with other noise for each person; the last one has no transcript."""
    folder = tmp_path_factory.mktemp("worded")
    voice = decode(ASSETS / "samples" / "even.ogg").samples[: 3 * SAMPLE_RATE_HZ]
    rows = ["path,speaker,depressed,transcript"]
    for place in range(PEOPLE):
        noise = 0.001 * np.random.default_rng(place).standard_normal(len(voice))
        write_marked(folder / f"{place}.wav", voice + noise.astype(np.float32))
        (folder / f"{place}.txt").write_text(SAID[place % 2])
        words = f"{place}.txt" if place < PEOPLE - 1 else ""
        rows.append(f"{place}.wav,{place},{place % 2},{words}")
    (folder / "people.csv").write_text("\n".join(rows))
    return folder / "people.csv"


@pytest.fixture(scope="module")
def corpus(manifest: Path) -> Corpus:
    return read_corpus(manifest)


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with Decoder() as decoder:
        ears = Ears(find_set("own"), sentiment=open_sentiment())
        yield Listener(ears, decoder, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def found(corpus: Corpus, listener: Listener) -> Study:
    return study(corpus, listener, PLAN, Wanted(controls=False))


def test_words_are_measured_where_they_are_known(corpus: Corpus, listener: Listener) -> None:
    first, last = (listener.heard(corpus.interviews[place]) for place in (1, -1))
    assert first.words[0] < 0
    assert np.isnan(last.words).all()
    assert len(first.words) == len(last.words)
    silent = replace(listener, ears=Ears(find_set("own")))
    assert len(silent.heard(corpus.interviews[1]).words) == 0


def test_the_report_shows_words_alone_and_left_out(found: Study) -> None:
    auc = {one.name: one.auc.value for one in found.controls}
    assert auc["words only"] > 0.8
    assert auc["words only"] > auc["segments only"]
    assert {"without words", "without segments", "all modalities, one seed"} <= auc.keys()


@pytest.fixture(scope="module")
def model(
    found: Study, listener: Listener, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The model, with an evaluation as of clinical labels: only so can it be opened here."""
    home = tmp_path_factory.mktemp("home")
    folder = ship_model(home / "models" / "worded", found, listener, PLAN, "worded")
    card = json.loads((folder / "card.json").read_text())
    card["text"]["risk"]["evaluation"] |= PASSING
    (folder / "card.json").write_text(json.dumps(card))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOTTOVOCE_HOME", str(home))
        yield "worded"


def answered(model: str, transcript: Path | None) -> float:
    memo = str(ASSETS / "samples" / "slow.ogg")
    analyst = open_analyst(model, str(transcript) if transcript else None)
    list(analyst.outcomes([Path(memo)], AnalysisPlan()))
    return float(analyst.beside(memo)["risk"]["probability"])


def test_an_answer_hears_the_words_or_does_without(model: str, tmp_path: Path) -> None:
    files = [tmp_path / "good.txt", tmp_path / "bad.txt"]
    for file, words in zip(files, SAID, strict=True):
        file.write_text(words)
    good, bad = (answered(model, file) for file in files)
    assert good < bad
    assert 0 < answered(model, None) < 1


def test_another_version_of_the_words_is_refused(model: str, tmp_path: Path) -> None:
    from sottovoce.config import read_settings

    (tmp_path / "said.txt").write_text("yes")
    file = read_settings().models_folder / model / "card.json"
    before = file.read_text()
    card = json.loads(before)
    for told, sentence in ((None, "hears the voice alone"), ({"name": "vader", "version": "0"},
                           "trained on version 0 of 'vader'")):  # fmt: skip
        card["text"]["risk"]["sentiment"] = told
        file.write_text(json.dumps(card))
        with pytest.raises(ModelError, match=sentence):
            open_analyst(model, str(tmp_path / "said.txt"))
    file.write_text(before)


def test_the_time_of_the_other_is_no_pause_where_their_words_are_not_written_down(
    make_daic: Callable[..., Path],
) -> None:
    """As in E-DAIC: turns of both, and the participant's words alone."""
    turns = (
        ("0.0", "0.5", "Participant", "yes"),
        ("0.5", "2.0", "Ellie", "why"),
        ("2.0", "2.5", "Participant", "no"),
        ("3.0", "3.5", "Participant", "perhaps"),
    )
    one = read_corpus(make_daic({"300": "2", "301": "15"}, turns)).interviews[0]
    both = one.transcripts[0].read_text()
    with Decoder() as decoder:
        told = said(one, "participant", open_sentiment(), decoder)
        one.transcripts[0].write_text(
            "\n".join(row for row in both.split("\n") if "Ellie" not in row)
        )
        alone = said(one, "participant", open_sentiment(), decoder)
        assert np.isnan(said(one, "interviewer", open_sentiment(), decoder)).all()
    np.testing.assert_array_equal(told, alone)
    assert told[NAMES.index("word_pause_mean_s")] == pytest.approx(0.5)


def test_a_transcript_for_some_recordings_only(manifest: Path) -> None:
    half = manifest.with_name("half.csv")
    half.write_text("path,speaker,depressed,transcript\n0.wav,a,0,0.txt\n1.wav,a,0,\n2.wav,b,1,\n")
    with pytest.raises(CorpusError, match="'a' has a transcript for some recordings only"):
        read_corpus(half)
