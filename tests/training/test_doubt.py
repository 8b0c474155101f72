"""The stress interval holds what it says, on clips made to have a known error."""

import numpy as np

from sottovoce.analysis.stress import stress_index, weight_of
from sottovoce.domain import LABELS
from sottovoce.training.doubt import fit_doubt, speaker_correlation
from sottovoce.training.predictions import Predictions


def made(seed: int, n: int = 600) -> Predictions:
    random = np.random.default_rng(seed)
    probabilities = random.dirichlet(np.full(8, 0.3), n)
    truth = np.array([random.choice(8, p=row) for row in probabilities])
    speakers = tuple(f"s{i % 20}" for i in range(n))
    return Predictions(LABELS, truth, probabilities, speakers, (None,) * n)


def test_the_interval_holds_nine_of_ten_of_new_clips() -> None:
    doubt, new = fit_doubt(made(1)), made(2)
    held = 0
    for row, label in zip(new.probabilities, new.truth, strict=True):
        index = stress_index(dict(zip(LABELS, row, strict=True)), [3.0], doubt)
        held += index.low - 1e-9 <= max(0.0, weight_of(LABELS[label])) <= index.high + 1e-9
    assert 0.86 <= held / len(new) <= 0.95


def test_errors_that_go_with_the_speaker_are_seen() -> None:
    random = np.random.default_rng(3)
    speakers = tuple(f"s{i % 30}" for i in range(900))
    offsets = random.normal(size=30)
    alone = random.normal(size=900)
    together = offsets[np.arange(900) % 30] + alone
    assert speaker_correlation(alone, speakers) < 0.05
    assert 0.3 < speaker_correlation(together, speakers) < 0.7
