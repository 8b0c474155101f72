"""A corpus is judged: cross-validation, calibration, controls, ablations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.risk.features.gathering import Gathered, Listener, gather
from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.interviews import Corpus
from sottovoce.risk.network.fit import Labels
from sottovoce.risk.study.controls import Trial, ablations, controls
from sottovoce.risk.study.crossing import People, Plan, cross_judged, people_of
from sottovoce.risk.study.figures import point_at, widening
from sottovoce.risk.study.folding import disjoint_folds
from sottovoce.risk.study.nouns import Study, Told
from sottovoce.risk.study.scaling import cross_scaled, undecided_band
from sottovoce.training.errors import CorpusError
from sottovoce.training.folds import Fold


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which further trainings to make beside the main one; each costs a seed of it."""

    ablations: bool = True
    controls: bool = True


def study(corpus: Corpus, listener: Listener, plan: Plan, wanted: Wanted) -> Study:
    """Judge a corpus by cross-validation over people.

    Raises
    ------
    LeakError
        A person, or the same sound, is in both parts of a fold.
    CorpusError
        Something in the corpus is wrong.
    """
    gathered = gather(corpus, listener)
    people = people_of(gathered.interviews, gathered.heard, plan.choices[0].most_segments)
    check_people(people.labels, plan.folds)
    folds = disjoint_folds(gathered.interviews, plan.folds, plan.seed)
    held = cross_judged(people, folds, plan, "Judging")
    told = told_of(held.logits, people, folds)
    trial = Trial(people, folds, plan)
    others = [
        *(ablations(trial) if wanted.ablations else ()),
        *(controls(trial, others_heard(gathered, listener)) if wanted.controls else ()),
    ]
    return Study(
        corpus=corpus,
        interviews=gathered.interviews,
        snr_db=np.array([one.snr_db[0] for one in gathered.heard]),
        told=told,
        chosen=Counter(held.chosen),
        controls=tuple(others),
        notes=(*corpus.notes, *gathered.notes),
    )


def told_of(seeds: np.ndarray, people: People, folds: Sequence[Fold]) -> Told:
    """Probabilities, flags and decisions of everyone by what the other folds' people teach."""
    scores, cases = seeds.mean(axis=0), people.labels.cases > 0
    probabilities = cross_scaled(scores, cases, folds)
    flagged, decided = np.zeros(len(cases), bool), np.zeros(len(cases), bool)
    for fold in folds:
        others = np.setdiff1d(np.arange(len(cases)), fold.test)
        line = point_at(cases[others], probabilities[others])
        low, high = undecided_band(probabilities[others], line)
        own = probabilities[fold.test]
        flagged[fold.test] = own > line
        decided[fold.test] = (own < low) | (own > high)
    by, wide = people.speakers, widening(folds)
    return Told(cases, by, seeds, probabilities, flagged, decided, wide)


def others_heard(gathered: Gathered, listener: Listener) -> tuple[Heard, ...] | None:
    """What was heard of the interviewers, person by person; None where nobody asks."""
    if not all(
        one.turns and any(turn.interviewer for turn in one.turns) for one in gathered.interviews
    ):
        return None
    return tuple(listener.heard(one, "interviewer") for one in gathered.interviews)


def check_people(labels: Labels, fewest: int) -> None:
    """Refuse corpora that are too small for folds.

    Raises
    ------
    CorpusError
        There are fewer people of a kind than folds.
    """
    count = int(min(labels.cases.sum(), (1 - labels.cases).sum()))
    if count < fewest:
        raise CorpusError(f"there are only {count} people of a kind; {fewest} folds need {fewest}")
