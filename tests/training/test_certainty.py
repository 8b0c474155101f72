from collections.abc import Callable

import numpy as np

from sottovoce.analysis.certainty import certainty_of
from sottovoce.domain import Emotion, ModelId, Quality
from sottovoce.training.certainty import FAR_QUANTILE, fit_certainty
from sottovoce.training.predictions import Predictions

GOOD = Quality(-6.0, 0.0, -60.0, 30.0, 3.0, "ok")


def test_the_possible_labels_hold_the_truth_as_often_as_promised(
    make_predictions: Callable[..., Predictions],
) -> None:
    said = make_predictions(clips=8000, speakers=40)
    distances = np.random.default_rng(1).normal(1.0, 0.1, len(said))
    seen = said.take(np.flatnonzero(np.arange(8000) % 40 < 20))
    fresh = said.take(np.flatnonzero(np.arange(8000) % 40 >= 20))
    rule = fit_certainty(seen, distances, error_rate=0.2)
    assert rule.far == round(float(np.quantile(distances, FAR_QUANTILE)), 4)
    held = clear_right = clear = 0
    for row, truth in zip(fresh.probabilities, fresh.truth, strict=True):
        shares = dict(zip(said.labels, map(float, row), strict=True))
        certainty = certainty_of(Emotion(shares, ModelId("m", "0")), GOOD, None, rule)
        held += said.labels[truth] in certainty.possible
        clear += certainty.clear
        clear_right += certainty.clear and certainty.possible == (said.labels[truth],)
    assert abs(held / len(fresh) - 0.8) < 0.05
    assert clear_right / clear > float(fresh.correct.mean()) + 0.05
