"""A whole study on a made tree of synthetic voices: small, but nothing in it is pretended."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray

if find_spec("keras") is None or find_spec("torch") is None:
    pytest.skip(
        "Keras or torch is not here: pip install 'sottovoce[risk]'", allow_module_level=True
    )

from sottovoce.models.card import read_card
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.gathering import Listener
from sottovoce.risk.features.hearing import Ears
from sottovoce.risk.fence.gate import FenceError, passed
from sottovoce.risk.fence.model import RiskModel
from sottovoce.risk.interviews import Corpus
from sottovoce.risk.made.people import Wish
from sottovoce.risk.made.tree import write_daic
from sottovoce.risk.network.options import NetOptions
from sottovoce.risk.study.crossing import People, Plan, cross_judged, people_of
from sottovoce.risk.study.figures import area
from sottovoce.risk.study.nouns import PLAIN, Control, Study
from sottovoce.risk.study.report import write_report
from sottovoce.risk.study.shipping import ship_model
from sottovoce.risk.study.studying import Wanted, study
from sottovoce.training.errors import CorpusError, LeakError
from sottovoce.training.folds import Fold
from sottovoce.training.intervals import Interval

MakeVoices = Callable[[int], dict[str, list[FloatArray]]]
QUICK = NetOptions(width=4, most_segments=4, epochs=2)
PLAN = Plan(folds=2, seeds=2, choices=(QUICK, replace(QUICK, levels_weight=0.5)))


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with Decoder() as decoder:
        yield Listener(Ears(find_set("own")), decoder, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, make_voices: MakeVoices) -> Corpus:
    """Sixteen people with eight voices; a ninth asks."""
    folder = tmp_path_factory.mktemp("made")
    write_daic(folder, make_voices(9), Wish(people=16, answers=2, sentences=2))
    return read_corpus(folder)


@pytest.fixture(scope="module")
def found(corpus: Corpus, listener: Listener) -> Study:
    return study(corpus, listener, PLAN, Wanted())


def test_everyone_is_told_once_for_each_seed(found: Study) -> None:
    assert found.told.seeds.shape == (2, 16)
    assert np.isfinite(found.told.seeds).all()
    assert ((found.told.probabilities > 0) & (found.told.probabilities < 1)).all()
    assert sum(found.chosen.values()) == 2
    assert {one.name for one in found.controls} == {
        "all modalities, one seed", "segments only", "markers only", PLAIN,
        "shuffled labels, mean of 5", "the interviewer",
    }  # fmt: skip


def test_the_report_is_drawn_from_its_tables(found: Study, tmp_path: Path) -> None:
    write_report(tmp_path / "report", found, "made")
    page = (tmp_path / "report" / "report.html").read_text()
    assert "this says nothing about low mood" in page
    tables = {file.stem for file in (tmp_path / "report" / "tables").iterdir()}
    assert {"figures", "ppv", "calibration", "controls", "settings"} <= tables
    numbers = json.loads((tmp_path / "report" / "figures.json").read_text())
    assert numbers["figures"][0]["figure"].startswith("AUC")


def test_what_made_interviews_taught_never_passes_the_fence(
    found: Study, listener: Listener, tmp_path: Path
) -> None:
    card = read_card(ship_model(tmp_path / "heavy", found, listener, PLAN, "heavy"))
    with pytest.raises(FenceError, match="made interviews"):
        passed(card)


def test_a_shipped_model_is_whole(found: Study, listener: Listener, tmp_path: Path) -> None:
    """The same folder with an evaluation as of clinical labels: only so can it be opened here."""
    folder = ship_model(tmp_path / "heavy", found, listener, PLAN, "heavy")
    card = json.loads((folder / "card.json").read_text())
    card["text"]["risk"]["evaluation"] |= {
        "labels": "clinical", "cases": 20, "others": 20, "sensitivity": 0.7, "specificity": 0.7,
        "auc": {"value": 0.8, "low": 0.7, "high": 0.9},
    }  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card))
    model = RiskModel(read_card(folder))
    answer = model.judge(listener.heard(found.interviews[0]))
    assert answer.verdict == "undecided" or answer.probability is not None


def test_a_shortcut_is_warned_of(found: Study) -> None:
    told = Control("the interviewer", Interval(0.9, 0.8, 1.0, 0.95), should_be_chance=True)
    assert "there is a shortcut" in replace(found, controls=(told,)).warnings[0]
    honest = replace(told, auc=Interval(0.55, 0.4, 0.7, 0.95))
    assert replace(found, controls=(honest,)).warnings == ()


def test_the_network_is_set_beside_something_plainer(found: Study) -> None:
    better = Control(PLAIN, Interval(1.0, 1.0, 1.0, 0.95))
    assert (
        "not shown that the network adds anything" in replace(found, controls=(better,)).remarks[0]
    )
    worse = Control(PLAIN, Interval(0.0, 0.0, 0.0, 0.95))
    assert replace(found, controls=(worse,)).remarks == ()


def test_leaking_folds_are_refused_before_anything_is_learned(
    corpus: Corpus, listener: Listener
) -> None:
    twin = corpus.interviews[0].person
    people = [replace(one, fold=str(place % 2)) for place, one in enumerate(corpus.interviews)]
    people[1] = replace(people[1], person=twin)
    with pytest.raises(LeakError, match="in both training and test"):
        study(replace(corpus, interviews=tuple(people)), listener, PLAN, Wanted())


def test_too_few_people_for_the_folds(corpus: Corpus, listener: Listener) -> None:
    with pytest.raises(CorpusError, match="only 8 people of a kind"):
        study(corpus, listener, replace(PLAN, folds=9), Wanted())


def test_labels_of_the_tested_are_not_seen(corpus: Corpus, listener: Listener) -> None:
    heard = [listener.heard(one) for one in corpus.interviews]
    people = people_of(corpus.interviews, heard, QUICK.most_segments)
    fold = [Fold("1", np.arange(6, 16), np.arange(6))]
    plan = replace(PLAN, seeds=1, choices=(QUICK,))
    before = cross_judged(people, fold, plan, "").logits
    other = flipped(people, fold[0].test)
    np.testing.assert_array_equal(before, cross_judged(other, fold, plan, "").logits)
    assert 0 <= area(people.labels.cases[:6] > 0, before[0, :6]) <= 1


def flipped(people: People, places: np.ndarray) -> People:
    cases = people.labels.cases.copy()
    cases[places] = 1 - cases[places]
    return replace(people, labels=replace(people.labels, cases=cases))
