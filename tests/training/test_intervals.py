import numpy as np

from sottovoce.training.intervals import speaker_interval
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Predictions


def accuracy(said: Predictions) -> float:
    return float(said.correct.mean())


def test_the_interval_holds_the_value_and_repeats(make_predictions) -> None:
    said = make_predictions(clips=400)
    one = speaker_interval(said, unweighted_recall, draws=200)
    assert one.low < one.value < one.high
    assert one == speaker_interval(said, unweighted_recall, draws=200)
    assert one != speaker_interval(said, unweighted_recall, draws=200, seed=1)


def test_few_speakers_mean_more_doubt_than_many_with_the_same_clips() -> None:
    """Each speaker is always right or always wrong, so speakers are what is uncertain."""
    widths = []
    for speakers in (4, 40):
        right = np.arange(400) % speakers % 2 == 0
        said = Predictions(
            ("happy", "sad"),
            np.where(right, 0, 1),
            np.tile([0.9, 0.1], (400, 1)),
            tuple(str(n % speakers) for n in range(400)),
            (None,) * 400,
        )
        found = speaker_interval(said, accuracy, draws=300)
        widths.append(found.high - found.low)
    assert widths[0] > 2.5 * widths[1]
