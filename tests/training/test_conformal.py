import numpy as np
import pytest

from sottovoce.training.conformal import fit_conformal, strangeness
from sottovoce.training.predictions import Predictions


def voices(speakers: int, seed: int) -> Predictions:
    """Speakers who differ: each has a strength of its own with which the truth stands out."""
    random = np.random.default_rng(seed)
    per_speaker = 20
    strength = np.repeat(random.uniform(0.0, 4.0, speakers), per_speaker)
    truth = random.integers(4, size=speakers * per_speaker)
    logits = random.normal(size=(len(truth), 4)) + strength[:, None] * np.eye(4)[truth]
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    names = tuple(f"{seed}-{n // per_speaker}" for n in range(len(truth)))
    return Predictions(("angry", "calm", "happy", "sad"), truth, probabilities, names, names)


@pytest.mark.parametrize("method", ["lac", "aps"])
def test_new_speakers_are_covered_as_promised(method) -> None:
    covered = []
    for seed in range(40):
        rule = fit_conformal(voices(24, seed), 0.1, method)
        new = voices(24, 1000 + seed)
        covered.append(rule.sets(new.probabilities)[np.arange(len(new)), new.truth].mean())
    assert np.mean(covered) >= 0.89


def test_too_few_speakers_promise_nothing() -> None:
    rule = fit_conformal(voices(8, 0), 0.1)
    assert rule.threshold == float("inf")
    assert rule.sets(voices(2, 1).probabilities).all()
    assert fit_conformal(voices(9, 0), 0.1).threshold < 1.0


def test_each_speaker_weighs_the_same() -> None:
    """One talker with many easy clips must not hide nine who are hard."""
    even = voices(10, 2)
    talker = np.flatnonzero(np.array(even.speakers) == even.speakers[0])
    many = even.take(np.concatenate([np.arange(len(even)), np.tile(talker, 50)]))
    one, other = fit_conformal(even, 0.2), fit_conformal(many, 0.2)
    assert one.threshold == pytest.approx(other.threshold)
    assert one.speakers == other.speakers == 10


def test_strangeness_by_hand() -> None:
    row = np.array([[0.2, 0.5, 0.3]])
    assert strangeness(row, "lac")[0] == pytest.approx([0.8, 0.5, 0.7])
    assert strangeness(row, "aps")[0] == pytest.approx([1.0, 0.5, 0.8])


def test_sure_clips_have_small_sets_and_unsure_ones_large() -> None:
    rule = fit_conformal(voices(24, 3), 0.1, "aps")
    sure, unsure = rule.sets(np.array([[0.97, 0.01, 0.01, 0.01], [0.25, 0.25, 0.25, 0.25]]))
    assert sure.sum() <= unsure.sum()
    assert sure[0]
