"""Knowing some recordings of a voice is judged on the others only."""

from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.examples import Examples
from sottovoce.training.folds import Fold
from sottovoce.training.images import images_of
from sottovoce.training.linear import LinearOptions
from sottovoce.training.linear_family import LinearFamily
from sottovoce.training.manifest import Clip
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.own_view import DRAWN, Draw, drawn_clips
from sottovoce.training.predictions import Predictions
from sottovoce.training.recipe import CalibrationRecipe
from sottovoce.training.run import calibrated, fold_scalings
from sottovoce.training.store import FitStore
from sottovoce.training.validate import HeldOut, held_out

VOICES, CLIPS, LABELS = 8, 50, ("angry", "calm", "sad")


@pytest.fixture(scope="module")
def examples() -> Examples:
    """Voices that differ more from each other than their emotions do; one window a clip."""
    random = np.random.default_rng(5)
    speakers = np.repeat(np.arange(VOICES), CLIPS)
    truth = random.integers(0, len(LABELS), len(speakers))
    vectors = (
        random.normal(size=(len(speakers), 10)) + 2.0 * random.normal(size=(VOICES, 10))[speakers]
    )
    vectors[np.arange(len(truth)), truth] += 3.0
    clips = tuple(
        Clip(Path(f"/{n}.wav"), f"made_{speakers[n]}", LABELS[truth[n]], None, None, "made")
        for n in range(len(speakers))
    )
    images = images_of([np.zeros(160, np.float32)] * len(clips))
    return Examples(
        clips, LABELS, truth, vectors.astype(np.float32), images, np.arange(len(clips)),
        np.ones(len(clips)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folds() -> tuple[Fold, ...]:
    halves = np.arange(VOICES * CLIPS) < VOICES * CLIPS // 2
    one, other = np.flatnonzero(halves), np.flatnonzero(~halves)
    return Fold("one", other, one), Fold("other", one, other)


@pytest.fixture(scope="module")
def found(
    examples: Examples, folds: tuple[Fold, ...], tmp_path_factory: pytest.TempPathFactory
) -> HeldOut:
    store = FitStore(tmp_path_factory.mktemp("fits"))
    family = LinearFamily(LinearOptions((0.01,)), 2, 1, store)
    return held_out(examples, folds, family)


def test_what_makes_the_baseline_is_never_scored(examples: Examples, found: HeldOut) -> None:
    assert set(found.own) == set(DRAWN)
    for draw, scores in found.own.items():
        unscored = np.isnan(scores).any(axis=1)
        assert unscored.sum() == VOICES * draw.memos
        for voice in range(VOICES):
            own = np.arange(voice * CLIPS, (voice + 1) * CLIPS)
            known = drawn_clips(own, f"made_{voice}", draw)
            np.testing.assert_array_equal(np.sort(known), own[unscored[own]])


def test_knowing_the_voice_helps_and_never_hurts(
    examples: Examples, folds: tuple[Fold, ...], found: HeldOut
) -> None:
    scalings = fold_scalings(examples, folds, found.scores, CalibrationRecipe())

    def reached(raw: np.ndarray) -> float:
        said: Predictions = calibrated(examples, folds, scalings, raw)
        return unweighted_recall(said)

    absolute = reached(found.scores)
    known = {draw: reached(scores) for draw, scores in found.own.items()}
    for memos in (1, 3, 5):
        assert np.mean([known[Draw(memos, number)] for number in range(5)]) > absolute - 0.01
    assert np.mean([known[Draw(20, number)] for number in range(5)]) > absolute + 0.05


def test_distances_are_those_of_the_windows(found: HeldOut) -> None:
    assert (found.distances > 0.0).all()
