"""An effect is found where it is, and only there: by networks that can learn."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.interviews import Interview

if find_spec("keras") is None or find_spec("torch") is None:
    pytest.skip(
        "Keras or torch is not here: pip install 'sottovoce[risk]'", allow_module_level=True
    )

from sottovoce.risk.network.options import MARKERS, SEGMENTS, NetOptions
from sottovoce.risk.study.controls import Trial, controls
from sottovoce.risk.study.crossing import Plan, cross_judged, people_of
from sottovoce.risk.study.figures import widening
from sottovoce.risk.study.folding import disjoint_folds
from sottovoce.risk.study.nouns import PLAIN, Control, Told
from sottovoce.risk.study.studying import told_of

MakeHeard = Callable[..., list[Heard]]
PEOPLE = 64
CASES = np.arange(PEOPLE) % 2
OPTIONS = NetOptions(modalities=(SEGMENTS, MARKERS), width=8, most_segments=4, epochs=12)
PLAN = Plan(folds=2, seeds=1, choices=(OPTIONS,))
INTERVIEWS = tuple(
    Interview(f"x_{n}", (Path(f"{n}.wav"),), bool(case)) for n, case in enumerate(CASES)
)


def trial_of(heard: list[Heard]) -> Trial:
    people = people_of(INTERVIEWS, heard, OPTIONS.most_segments)
    return Trial(people, disjoint_folds(INTERVIEWS, PLAN.folds, 0), PLAN)


def main_figure(trial: Trial) -> Told:
    held = cross_judged(trial.people, trial.folds, trial.plan, "Judging")
    return told_of(held.logits, trial.people, trial.folds)


def by_name(trial: Trial, asked: list[Heard]) -> dict[str, Control]:
    return {one.name: one for one in controls(trial, asked)}


def test_an_effect_in_the_participants_is_found_and_no_control_warns(
    make_heard: MakeHeard,
) -> None:
    trial = trial_of(make_heard(CASES, apart=1.0))
    assert main_figure(trial).auc.low > 0.5
    found = by_name(trial, make_heard(CASES, apart=0.0, seed=1))
    assert found[PLAIN].auc.low > 0.5
    for name in ("shuffled labels, mean of 5", "the interviewer"):
        assert found[name].auc.low <= 0.5


def test_an_effect_in_the_interviewer_is_not_learned_but_caught(make_heard: MakeHeard) -> None:
    trial = trial_of(make_heard(CASES, apart=0.0))
    own = main_figure(trial).auc
    assert own.low <= 0.5 <= own.high
    asked = trial_of(make_heard(CASES, apart=1.0, seed=1)).people
    said = cross_judged(asked, trial.folds, PLAN, "the interviewer").logits
    assert told_of(said, asked, trial.folds).auc.low > 0.5


def test_networks_of_other_seeds_and_folds_speak_on_one_scale(make_heard: MakeHeard) -> None:
    trial = trial_of(make_heard(CASES, apart=1.0))
    plan = replace(PLAN, seeds=2)
    said = cross_judged(trial.people, trial.folds, plan, "Judging").logits
    for seed in said:
        for fold in trial.folds:
            assert abs(seed[fold.test].mean()) < 0.8
            assert 0.3 < seed[fold.test].std() < 2.0


def test_an_interval_knows_that_folds_share_their_people(make_heard: MakeHeard) -> None:
    told = main_figure(trial_of(make_heard(CASES, apart=0.3)))
    assert told.widening == pytest.approx(widening([*trial_of(make_heard(CASES)).folds]))
    assert told.widening == pytest.approx(3**0.5, rel=0.05)
    narrow = replace(told, widening=1.0)
    assert told.auc.high - told.auc.low > narrow.auc.high - narrow.auc.low
