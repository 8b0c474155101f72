"""Figures of a study, each with its range over other people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.folds import Fold
from sottovoce.training.intervals import DRAWS, LEVEL, Interval

PREVALENCES = (0.05, 0.08, 0.2)  # a population; those of the reviews; a clinic's waiting room
SPECIFICITY = 0.8  # the stated point: of those who are no case, so many are told so
Figure = Callable[[np.ndarray, np.ndarray], float]


def area(cases: np.ndarray, scores: np.ndarray) -> float:
    """Area under the ROC curve: how often a case scores above another, ties half; NaN for one kind.

    >>> area(np.array([False, True, True]), np.array([0.1, 0.1, 0.7]))
    0.75
    """
    own, other = scores[cases], scores[~cases]
    if not len(own) or not len(other):
        return float("nan")
    above = (own[:, None] > other).mean() + 0.5 * (own[:, None] == other).mean()
    return float(above)


def interval(
    cases: np.ndarray,
    scores: np.ndarray,
    figure: Figure,
    draws: int = DRAWS,
    speakers: np.ndarray | None = None,
) -> Interval:
    """Percentile bootstrap at 95 % over people, or over ``speakers`` where some share a voice.

    All who speak with one voice are drawn together (the cluster bootstrap: Field & Welsh 2007);
    voices of cases, of others, and of both are drawn apart.
    """
    random = np.random.default_rng(0)
    kinds = _kinds(cases, np.arange(len(cases)) if speakers is None else speakers)
    found = []
    for _ in range(draws):
        drawn = [kind[at] for kind in kinds for at in random.integers(len(kind), size=len(kind))]
        rows = np.concatenate(drawn)
        found.append(figure(cases[rows], scores[rows]))
    low, high = np.nanquantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(figure(cases, scores), float(low), float(high), LEVEL)


def widening(folds: Sequence[Fold]) -> float:
    """By how much the interval of a cross-validated figure is to be widened, 1 or more.

    Networks of different folds learned from nearly the same people and err together, which a
    bootstrap of what they said does not know (Nadeau & Bengio 2003). With five folds it is 1.5.

    >>> widening([Fold(str(n), np.arange(8), np.arange(2)) for n in range(5)])
    1.5
    """
    share = np.mean([len(fold.test) / len(fold.train) for fold in folds])
    return float(np.sqrt(1 + len(folds) * share))


def widened(found: Interval, factor: float) -> Interval:
    """An interval whose ends lie so many times as far from the figure, within 0..1."""
    low = found.value - factor * (found.value - found.low)
    high = found.value + factor * (found.high - found.value)
    return Interval(found.value, max(0.0, low), min(1.0, high), found.level)


def _kinds(cases: np.ndarray, speakers: np.ndarray) -> list[list[np.ndarray]]:
    """The rows of each voice; voices of cases only, of others only and of both apart."""
    voices = [np.flatnonzero(speakers == name) for name in np.unique(speakers)]
    kinds = [frozenset(cases[rows].tolist()) for rows in voices]
    return [
        [rows for rows, own in zip(voices, kinds, strict=True) if own == kind]
        for kind in dict.fromkeys(kinds)
    ]


def point_at(cases: np.ndarray, scores: np.ndarray, specificity: float = SPECIFICITY) -> float:
    """The score from which one is flagged, so that so many of the others are not.

    >>> point_at(np.array([False] * 5), np.arange(5.0))
    4.0
    """
    others = np.sort(scores[~cases])
    place = int(np.ceil(specificity * len(others)))
    return float(others[min(place, len(others) - 1)])


@dataclass(frozen=True, slots=True)
class Flags:
    """What flagging leads to; shares in 0..1, NaN where there is nobody of a kind."""

    sensitivity: float
    specificity: float
    f1_cases: float
    f1_others: float

    def ppv(self, prevalence: float) -> float:
        """Of those flagged, how many are cases, where so many of all are (Bayes' rule).

        >>> round(Flags(0.714, 0.738, 0, 0).ppv(0.08), 2)
        0.19
        """
        right = self.sensitivity * prevalence
        wrong = (1 - self.specificity) * (1 - prevalence)
        return right / (right + wrong) if right + wrong else float("nan")


def flags(cases: np.ndarray, flagged: np.ndarray) -> Flags:
    """Rates over some people.

    >>> flags(np.array([True, True, False, False]), np.array([True, False, False, False]))
    Flags(sensitivity=0.5, specificity=1.0, f1_cases=0.6666666666666666, f1_others=0.8)
    """
    hit, miss = int((cases & flagged).sum()), int((cases & ~flagged).sum())
    alarm, quiet = int((~cases & flagged).sum()), int((~cases & ~flagged).sum())
    return Flags(
        sensitivity=_share(hit, hit + miss),
        specificity=_share(quiet, quiet + alarm),
        f1_cases=_share(2 * hit, 2 * hit + miss + alarm),
        f1_others=_share(2 * quiet, 2 * quiet + miss + alarm),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def spread(cases: np.ndarray, seeds: np.ndarray, figure: Figure) -> tuple[float, float]:
    """Mean and standard deviation of a figure over seeds, float64 [seeds, people]; no maximum."""
    values: Sequence[float] = [figure(cases, scores) for scores in seeds]
    return float(np.mean(values)), float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
