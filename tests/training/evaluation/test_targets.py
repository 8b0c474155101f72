"""The table of targets (benchmarks/targets.py) says what was reached."""

from types import SimpleNamespace

import numpy as np
import pytest
from targets import Target, anchor_table, personal_target, target_table

from sottovoce.training.evaluation.nouns import Evaluation, Judged, PersonalPoint, Subject
from sottovoce.training.predictions import Predictions


@pytest.mark.parametrize(
    ("reached", "verdict"),
    [(None, "not measured"), (60.0, "missed"), (70.0, "must"), (80.0, "aim")],
)
def test_more_is_better(reached: float | None, verdict: str) -> None:
    assert Target("x", 70.0, 75.0, reached, "%").verdict == verdict


@pytest.mark.parametrize(("reached", "verdict"), [(6.0, "missed"), (5.0, "must"), (-1.0, "aim")])
def test_less_is_better(reached: float, verdict: str) -> None:
    assert Target("x", 5.0, 3.0, reached, "points", less_is_better=True).verdict == verdict


def test_a_row_says_what_was_not_measured() -> None:
    row = target_table([Target("x", 0.05, 0.03, None, "", less_is_better=True)]).splitlines()[-1]
    assert row.split() == ["x", "0.05", "0.03", "-", "not", "measured"]


def test_the_personal_row_is_that_of_twenty_clips() -> None:
    points = (
        PersonalPoint("ravdess", 10, 0.70, 0.01, 5),
        PersonalPoint("nemo", 20, 0.50, 0.01, 5),
        PersonalPoint("ravdess", 20, 0.73, 0.01, 5),
    )
    assert personal_target(SimpleNamespace(personal=points)).reached == pytest.approx(73.0)
    assert personal_target(SimpleNamespace(personal=())).reached is None


def test_the_anchors_stand_in_order() -> None:
    said = Predictions(("calm", "sad"), np.array([0, 1]), np.eye(2), ("a", "b"), (None, None))
    subject = Subject("ours", "", "", "", {})
    table = anchor_table(Evaluation(subject, Judged(said, ("ravdess",) * 2)), 0.558)
    rows = table.splitlines()[2:]
    figures = [float(row[32:40]) for row in rows]
    assert len(rows) == 8
    assert figures == sorted(figures)
    assert any(row.startswith("ours") and "this run" in row for row in rows)
