"""Who is to be interviewed: labels, how heavy each sounds, whose voice, as one seed decides."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from sottovoce.risk.interviews import CASE_FROM, MOST_PHQ8

Effect = Literal["voice", "interviewer", "none"]
EFFECTS: tuple[Effect, ...] = ("voice", "interviewer", "none")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to make.

    ``auc`` is how well heaviness tells cases from others (0.5..1): of two people drawn at random,
    the case sounds heavier so often. ``effect`` says whose voice carries it.
    """

    people: int = 60
    effect: Effect = "voice"
    auc: float = 0.8
    cases: float = 0.5
    answers: int = 3
    sentences: int = 3
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """One made participant; heaviness in standard deviations, of both sides of the interview."""

    number: int
    case: bool
    phq8: int
    heaviness: float
    interviewer_heaviness: float
    semitones: float


def made_people(wish: Wish) -> tuple[Person, ...]:
    """Everybody; the heaviness that carries the effect has exactly the wished distribution.

    >>> [one.case for one in made_people(Wish(people=4))].count(True)
    2
    """
    random = np.random.default_rng(wish.seed)
    cases = np.arange(wish.people) < round(wish.cases * wish.people)
    planted = _planted(cases, wish.auc)
    idle = _idle(cases, planted, random)
    own, other = {
        "voice": (planted, idle),
        "interviewer": (idle, planted),
        "none": (idle, _idle(cases, planted, random)),
    }[wish.effect]
    order = random.permutation(wish.people)
    return tuple(
        Person(
            number=300 + place,
            case=bool(cases[at]),
            phq8=_score(bool(cases[at]), random),
            heaviness=float(own[at]),
            interviewer_heaviness=float(other[at]),
            semitones=float(random.uniform(-1.5, 1.5)),
        )
        for place, at in enumerate(order)
    )


def _planted(cases: np.ndarray, auc: float) -> np.ndarray:
    """Evenly spread quantiles of two normal distributions that lie as far apart as the AUC says."""
    apart = 2**0.5 * NormalDist().inv_cdf(auc) if auc < 1 else 6.0
    values = np.empty(len(cases))
    for kind in (True, False):
        chosen = np.flatnonzero(cases == kind)
        quantiles = (np.arange(len(chosen)) + 0.5) / max(1, len(chosen))
        middle = apart / 2 if kind else -apart / 2
        values[chosen] = [middle + NormalDist().inv_cdf(share) for share in quantiles]
    return values


def _idle(cases: np.ndarray, planted: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Spread like the planted values, and alike in cases and others: it tells nothing."""
    values = np.empty(len(cases))
    for kind in (True, False):
        chosen = np.flatnonzero(cases == kind)
        shares = (np.arange(len(chosen)) + 0.5) / max(1, len(chosen))
        values[random.permutation(chosen)] = np.quantile(planted, shares)
    return values


def _score(case: bool, random: np.random.Generator) -> int:
    low, high = (CASE_FROM, MOST_PHQ8) if case else (0, CASE_FROM - 1)
    return int(random.integers(low, high + 1))
