"""The linear model learns what is linear, against each voice's own normal; its graph agrees."""

import numpy as np
import onnxruntime
import pytest

from sottovoce.training.calibration import Scaling
from sottovoce.training.linear import VARIANCE_MEMOS, LinearModel, Population
from sottovoce.training.linear_fit import (
    LinearExamples,
    against_own,
    corpus_weights,
    fit_linear,
    population_of,
    variances,
)
from sottovoce.training.linear_graph import linear_graph
from sottovoce.training.voice import Sensed, Voice, voice_of

NAMES = ("calm", "happy", "sad")
LABELS, WIDTH, VOICES = len(NAMES), 12, 8


def made(per_voice: int = 40, seed: int = 1, voices: float = 0.0) -> LinearExamples:
    """Each label raises one value; each voice shifts all of them by about ``voices``."""
    random = np.random.default_rng(seed)
    speakers = np.repeat(np.arange(VOICES), per_voice)
    truth = random.integers(0, LABELS, len(speakers))
    vectors = random.normal(size=(len(speakers), WIDTH))
    vectors[np.arange(len(truth)), truth] += 3.0
    vectors += voices * random.normal(size=(VOICES, WIDTH))[speakers]
    return LinearExamples(NAMES, vectors.astype(np.float32), truth, speakers, speakers % 2)


def only(examples: LinearExamples, windows: np.ndarray, labels: int = LABELS) -> LinearExamples:
    arrays = (examples.vectors, examples.truth, examples.speakers, examples.corpora)
    return LinearExamples(NAMES[:labels], *(array[windows] for array in arrays))


def right(model: LinearModel, examples: LinearExamples, memos: int) -> float:
    """Share of windows rightly labelled, each voice known from its first ``memos`` windows."""
    found = []
    for speaker in np.unique(examples.speakers):
        own = np.flatnonzero(examples.speakers == speaker)
        voice = known_voice(examples, own[:memos]) if memos else None
        scored = own[20:]
        scores = model.scores(examples.vectors[scored], voice)
        found.append(scores.argmax(axis=1) == examples.truth[scored])
    return float(np.concatenate(found).mean())


def known_voice(examples: LinearExamples, windows: np.ndarray) -> Voice:
    vectors = examples.vectors[windows]
    sensed = Sensed(vectors, np.zeros((len(windows), 0), np.float32))
    return voice_of(sensed, windows, np.eye(len(examples.labels))[examples.truth[windows]])


def test_it_learns() -> None:
    model = fit_linear(made(), penalty=0.01, seed=0)
    assert right(model, made(seed=2), memos=0) > 0.9


def test_knowing_the_voice_helps_and_never_hurts() -> None:
    model = fit_linear(made(voices=2.0), penalty=0.01, seed=0)
    fresh = made(seed=2, voices=2.0)
    reached = [right(model, fresh, memos) for memos in (0, 1, 3, 5, 20)]
    assert all(known >= reached[0] - 0.01 for known in reached)
    assert reached[-1] > reached[0] + 0.1


def test_a_voice_is_believed_as_far_as_voices_differ() -> None:
    one = np.ones(2, np.float32)
    population = Population(0 * one, one, one, np.float32([1.0, 9.0]), np.zeros((2, 2), np.float32))
    voice = Voice(1, np.float32([4.0, 4.0]), 0 * one, np.zeros(0, np.float32), 0.5 * one)
    normal, deviation = population.normal(voice)
    np.testing.assert_allclose(normal, [2.0, 0.4])
    np.testing.assert_allclose(deviation**2, VARIANCE_MEMOS / (VARIANCE_MEMOS + 1), rtol=1e-6)


def test_memos_that_are_all_calm_are_not_taken_for_the_voice() -> None:
    examples = made(per_voice=400, voices=2.0)
    population = population_of(examples)
    for speaker in range(VOICES):
        own = np.flatnonzero(examples.speakers == speaker)
        normal, _ = population.normal(known_voice(examples, own))
        one_mood = known_voice(examples, own[examples.truth[own] == 0])
        shifted = one_mood.mean - population.mood(one_mood.labels)
        assert abs(shifted - normal).mean() < 0.5 * abs(one_mood.mean - normal).mean()


def test_shares_that_are_even_enough_change_nothing() -> None:
    population = population_of(made())
    np.testing.assert_array_equal(population.mood(np.float32([0.4, 0.3, 0.3])), 0.0)
    assert population.mood(np.float32([0.9, 0.05, 0.05])).any()
    assert not population.moods[1:].any()  # happy and sad in every memo is the voice


def test_variances_are_those_the_voices_were_made_with() -> None:
    random = np.random.default_rng(3)
    speakers = np.repeat(np.arange(200), 10)
    shift = random.normal(0, 2.0, (200, 1))[speakers]
    within, between = variances(
        (random.normal(size=(2000, 1)) + shift).astype(np.float32), speakers
    )
    assert within[0] == pytest.approx(0.9, abs=0.05)  # of ten windows, their own mean taken out
    assert between[0] == pytest.approx(4.0, abs=0.5)


def test_each_voice_has_the_same_normal_against_its_own() -> None:
    examples = made(voices=5.0)
    standard = against_own(population_of(examples), examples)
    for speaker in range(VOICES):
        np.testing.assert_allclose(standard[examples.speakers == speaker].mean(axis=0), 0, atol=0.2)


def test_a_large_corpus_weighs_no_more_than_a_small_one() -> None:
    examples = made()
    few = np.flatnonzero((examples.corpora == 0) | (np.arange(len(examples.truth)) % 10 == 0))
    small = only(examples, few)
    doubled = np.concatenate([few, few[small.corpora == 0]])
    large = only(examples, doubled)
    one, other = (corpus_weights(each.corpora) for each in (small, large))
    assert one[small.corpora == 0].sum() == pytest.approx(one[small.corpora == 1].sum())
    assert other[large.corpora == 0].sum() == pytest.approx(other[large.corpora == 1].sum())


@pytest.mark.parametrize("labels", [LABELS, 2])
def test_the_graph_agrees_in_both_views(labels: int) -> None:
    examples = made(voices=1.0)
    kept = np.flatnonzero(examples.truth < labels)
    examples = only(examples, kept, labels)
    model = fit_linear(examples, penalty=0.01, seed=0)
    scaling = Scaling((2.0, 1.5, 2.0)[:labels], (0.1, 0.0, -0.1)[:labels], own_gain=0.4)
    session = onnxruntime.InferenceSession(linear_graph(model, scaling))
    voice = known_voice(examples, np.arange(5))
    told = {
        "own_memos": np.float32([voice.memos]),
        "own_mean": voice.mean[None],
        "own_deviation": voice.deviation[None],
        "own_labels": voice.labels[None],
    }
    window = examples.vectors[:1]
    absolute, own, distance = session.run(None, {"functionals": window, **told})
    np.testing.assert_allclose(absolute, scaling.apply(model.scores(window)), atol=1e-5)
    np.testing.assert_allclose(
        own, scaling.apply(model.scores(window, voice), voice.memos), atol=1e-5
    )
    assert distance.item() == pytest.approx(
        np.sqrt(np.mean(model.population.standard(window) ** 2)), rel=1e-5
    )
    absolute, own, _ = session.run(None, {"functionals": window})
    np.testing.assert_array_equal(absolute, own)


def test_one_wild_value_is_limited() -> None:
    examples = made()
    model = fit_linear(examples, penalty=0.01, seed=0)
    tame, wild = examples.vectors[:1].copy(), examples.vectors[:1].copy()
    tame[0, 5] = model.population.mean[5] + 5 * model.population.deviation[5]
    wild[0, 5] = 1e9
    np.testing.assert_allclose(model.scores(tame), model.scores(wild), rtol=1e-4)
