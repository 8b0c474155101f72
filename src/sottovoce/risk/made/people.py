"""Who is to be interviewed: labels, how heavy each sounds, whose voice, as one seed decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from sottovoce.risk.interviews import CASE_FROM, MOST_PHQ8

Effect = Literal["voice", "interviewer", "none"]
MOST_SEMITONES = 1.5  # people of one voice differ by up to so much, either way
EFFECTS: tuple[Effect, ...] = ("voice", "interviewer", "none")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to make.

    ``auc`` is how well heaviness tells cases from others (0.5..1): of two people drawn at random,
    the case sounds heavier so often. ``effect`` says whose voice carries it. One seed gives the
    same sounds whatever the effect: only the labels move.
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
    """One made participant, who speaks with ``voice``, as several others may.

    Heaviness is in standard deviations, of both sides of the interview.
    """

    number: int
    voice: str
    case: bool
    phq8: int
    heaviness: float
    interviewer_heaviness: float
    semitones: float


def made_people(wish: Wish, voices: Sequence[str]) -> tuple[Person, ...]:
    """Everybody, voice by voice, in each as large a share of cases as in all.

    The heaviness that carries the effect has exactly the wished distribution; all else is dealt
    without regard to the labels.

    >>> [(one.voice, one.case) for one in made_people(Wish(people=4), ["a", "b"])]
    [('a', False), ('a', True), ('b', False), ('b', True)]
    """
    random = np.random.default_rng(wish.seed)
    own, other, idle = (_dealt(wish, len(voices), random) for _ in range(3))
    cases = {"voice": own, "interviewer": other, "none": idle}[wish.effect]
    heavy, asked = (_planted(kinds, wish.auc, random) for kinds in (own, other))
    return tuple(
        Person(
            number=300 + place,
            voice=voices[place * len(voices) // wish.people],
            case=bool(cases[place]),
            phq8=_score(bool(cases[place]), random),
            heaviness=float(heavy[place]),
            interviewer_heaviness=float(asked[place]),
            semitones=float(random.uniform(-MOST_SEMITONES, MOST_SEMITONES)),
        )
        for place in range(wish.people)
    )


def _dealt(wish: Wish, voices: int, random: np.random.Generator) -> np.ndarray:
    """Who is of the first kind, bool [people]: the wished share of each voice, at random places."""
    numbers = np.arange(wish.people)
    voice = numbers * voices // wish.people
    order = np.concatenate(
        [random.permutation(numbers[voice == one]) for one in random.permutation(voices)]
    )
    kinds = np.empty(wish.people, bool)
    kinds[order] = np.floor((numbers + 1) * wish.cases) > np.floor(numbers * wish.cases)
    return kinds


def _planted(kinds: np.ndarray, auc: float, random: np.random.Generator) -> np.ndarray:
    """Evenly spread quantiles of two normal distributions that lie as far apart as the AUC says."""
    apart = 2**0.5 * NormalDist().inv_cdf(auc) if auc < 1 else 6.0
    values = np.empty(len(kinds))
    for kind in (True, False):
        chosen = random.permutation(np.flatnonzero(kinds == kind))
        quantiles = (np.arange(len(chosen)) + 0.5) / max(1, len(chosen))
        middle = apart / 2 if kind else -apart / 2
        values[chosen] = [middle + NormalDist().inv_cdf(share) for share in quantiles]
    return values


def _score(case: bool, random: np.random.Generator) -> int:
    low, high = (CASE_FROM, MOST_PHQ8) if case else (0, CASE_FROM - 1)
    return int(random.integers(low, high + 1))
