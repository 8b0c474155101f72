"""A whole evaluation of a recipe on two made corpora."""

from dataclasses import replace
from pathlib import Path

from sottovoce.training.evaluation.grids import transfer_table
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.report import report_files
from sottovoce.training.evaluation.story import NO_NOISE, evaluate_recipe
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.recipe import read_recipe


def test_every_clip_is_judged_once(evaluation: Evaluation) -> None:
    said = evaluation.judged.said
    assert len(said) == 12
    assert sorted(set(said.speakers)) == ["one_0", "one_1", "two_0", "two_1"]
    assert evaluation.subject.trained_on == {"one": 6, "two": 6}
    assert evaluation.notes == ()


def test_each_condition_is_told_by_corpus_and_for_all(evaluation: Evaluation) -> None:
    told = [(one.condition, one.corpus, one.clips) for one in evaluation.robustness]
    names = ("noise 10 dB SNR", "Opus 16 kbit/s", "gain -20 dB")
    assert told == [(c, k, n) for c in names for k, n in (("one", 6), ("two", 6), ("all", 12))]
    for one in evaluation.robustness:
        assert one.drop.low <= one.drop.value <= one.drop.high


def test_every_corpus_is_tested_on_every_corpus(evaluation: Evaluation) -> None:
    pairs = [(one.trained_on, one.tested_on) for one in evaluation.transfers]
    assert pairs == [("one", "one"), ("one", "two"), ("two", "two"), ("two", "one")]
    assert {one.labels for one in evaluation.transfers} == {("calm", "happy", "sad")}
    assert transfer_table(evaluation, four=True).rows == ()


def test_sets_of_two_folds_promise_nothing_and_hold_everything(evaluation: Evaluation) -> None:
    assert [one.corpus for one in evaluation.sets] == ["one", "two", "all"]
    assert {one.mean_size for one in evaluation.sets} == {3.0}


def test_the_personal_view_stands_beside_the_absolute_one(evaluation: Evaluation) -> None:
    told = [(one.corpus, one.own_clips, one.draws) for one in evaluation.personal]
    assert told == [(c, n, 5 if n else 1) for n in (0, 1, 2) for c in ("one", "two", "all")]
    assert evaluation.personal[2].ua_mean == unweighted_recall(evaluation.judged.said)


def test_nothing_is_clear_where_nothing_is_promised(evaluation: Evaluation) -> None:
    told = [(one.corpus, one.share, one.ua_of_rest) for one in evaluation.uncertain]
    assert told == [(corpus, 1.0, None) for corpus in ("one", "two", "all")]


def test_a_second_run_gives_the_same_bytes(evaluation: Evaluation, voices: Path) -> None:
    again = evaluate_recipe(read_recipe(voices / "recipe.toml"), voices / "cache" / "features")
    assert report_files(again, ()) == report_files(evaluation, ())


def test_without_noises_noise_is_not_tested(voices: Path) -> None:
    source = read_recipe(voices / "recipe.toml")
    one = replace(source.recipe, corpora=source.recipe.corpora[:1])
    quiet = replace(source, recipe=replace(one, augment=replace(one.augment, noise=None)))
    found = evaluate_recipe(quiet, voices / "cache" / "features")
    assert found.notes == (NO_NOISE,)
    assert {one.condition for one in found.robustness} == {"Opus 16 kbit/s", "gain -20 dB"}
    assert found.transfers == ()
