"""When a quicker way of running a model is near enough."""

import numpy as np
import pytest

from sottovoce.wav2vec2.agreement import Agreement, agreement


@pytest.mark.parametrize(
    ("same", "crossed", "windows", "enough"),
    [
        (1.0, 0.995, 40, True),
        (39 / 40, 0.995, 40, True),  # one window says little
        (38 / 40, 0.995, 40, False),
        (1.0, 0.985, 40, False),  # errors that would have flipped other windows
        (198 / 200, 0.99, 200, True),
        (197 / 200, 0.995, 200, False),
    ],
)
def test_enough(same: float, crossed: float, windows: int, enough: bool) -> None:
    assert Agreement(0.1, same, crossed, windows).enough is enough


def test_crossed_doubts_where_errors_met_wide_margins_by_luck() -> None:
    theirs = np.float32([[5.0, 0.0], [0.1, 0.0]])
    ours = theirs + np.float32([[-1.0, 0.0], [0.0, 0.0]])
    found = agreement(list(theirs), list(ours), dimensional=False)
    assert found.same == 1.0
    assert found.crossed == 0.75
