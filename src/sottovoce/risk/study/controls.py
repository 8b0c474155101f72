"""The same training on less, on what should teach nothing, and by something plainer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.network.options import MODALITIES, NetOptions
from sottovoce.risk.study.crossing import People, Plan, cross_judged, people_of
from sottovoce.risk.study.figures import area, interval, widened, widening
from sottovoce.risk.study.nouns import PLAIN, Control
from sottovoce.risk.study.plain import plainly_judged
from sottovoce.training.folds import Fold
from sottovoce.training.intervals import LEVEL, Interval

SHUFFLES = 5
STUDENT_T = 2.776  # of 4 degrees of freedom, 95 %


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Who is judged in which folds, and how."""

    people: People
    folds: Sequence[Fold]
    plan: Plan


def ablations(trial: Trial) -> Iterator[Control]:
    """Each modality alone, and each left out where there are three."""
    shape, first = trial.people.shape, trial.plan.choices[0]
    there = [name for name in MODALITIES if shape.width(name)]
    yield _control("all modalities, one seed", trial)
    for name in there:
        yield _control(f"{name} only", _choosing(trial, replace(first, modalities=(name,))))
        if len(there) > 2:
            rest = tuple(one for one in there if one != name)
            yield _control(f"without {name}", _choosing(trial, replace(first, modalities=rest)))


def controls(trial: Trial, asked: Sequence[Heard] | None) -> Iterator[Control]:
    """Something plainer, shuffled labels, and the interviewer's voice where there is one."""
    said = plainly_judged(trial.people, trial.folds)
    yield Control(PLAIN, _area(trial, trial.people, said))
    yield shuffled(trial)
    if asked is not None:
        people = people_of(trial.people.interviews, asked, trial.people.shape.segments)
        yield _control("the interviewer", replace(trial, people=people), chance=True)


def shuffled(trial: Trial) -> Control:
    """The same training on labels that belong to somebody else, several times over.

    One shuffling alone strays far from 0.5 where people are few, by 0.09 with 80 of them: the
    interval is that of the mean.
    """
    areas = []
    for seed in range(SHUFFLES):
        order = np.random.default_rng([trial.plan.seed, seed]).permutation(len(trial.people.labels))
        people = replace(trial.people, labels=trial.people.labels.take(order))
        areas.append(area(people.labels.cases > 0, _scores("shuffled labels", trial, people)))
    mean, reach = np.mean(areas), STUDENT_T * np.std(areas, ddof=1) / SHUFFLES**0.5
    auc = Interval(float(mean), float(mean - reach), float(mean + reach), LEVEL)
    return Control(f"shuffled labels, mean of {SHUFFLES}", auc, should_be_chance=True)


def _choosing(trial: Trial, options: NetOptions) -> Trial:
    return replace(trial, plan=replace(trial.plan, choices=(options,)))


def _control(name: str, trial: Trial, chance: bool = False) -> Control:
    """One more training with one seed and the first settings."""
    return Control(name, _area(trial, trial.people, _scores(name, trial, trial.people)), chance)


def _scores(name: str, trial: Trial, people: People) -> np.ndarray:
    one = replace(trial.plan, seeds=1, choices=trial.plan.choices[:1])
    return np.asarray(cross_judged(people, trial.folds, one, name).logits[0])


def _area(trial: Trial, people: People, scores: np.ndarray) -> Interval:
    found = interval(people.labels.cases > 0, scores, area, speakers=people.speakers)
    return widened(found, widening(trial.folds))
