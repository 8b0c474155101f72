"""The main figures of a set of predictions, each with its interval over speakers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sottovoce.analysis.stress import STRESS_WEIGHTS
from sottovoce.training.coverage import at_coverage
from sottovoce.training.evaluation.resampling import recall_interval
from sottovoce.training.intervals import DRAWS, Interval, speaker_interval
from sottovoce.training.metrics import scores, stress_auc, stress_values, unweighted_recall
from sottovoce.training.predictions import Predictions
from sottovoce.training.reliability import expected_calibration_error

COVERAGE = 0.7
NOT_A_NUMBER = float("nan")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one corpus, or of all clips; ``name`` is a key of :data:`FIGURES`."""

    corpus: str
    name: str
    interval: Interval


def weighted_accuracy(said: Predictions) -> float:
    """Share of all clips that is right."""
    return float(said.correct.mean())


def macro_f1(said: Predictions) -> float:
    """Mean F1 over the labels that occur."""
    return scores(said).macro_f1


def recall_at_coverage(said: Predictions) -> float:
    """UA of the surest 70 % of the clips."""
    return at_coverage(said, COVERAGE).ua


def gain_at_coverage(said: Predictions) -> float:
    """How far that lies above the UA of all."""
    return recall_at_coverage(said) - unweighted_recall(said)


def stress_area(said: Predictions) -> float:
    """AUC of the stress index; not a number where only high or only low stress occurs."""
    area = stress_auc(said, stress_values(said, STRESS_WEIGHTS))
    return NOT_A_NUMBER if area is None else area


FIGURES: Mapping[str, Callable[[Predictions], float]] = {
    "ua": unweighted_recall,
    "wa": weighted_accuracy,
    "macro_f1": macro_f1,
    "ece": expected_calibration_error,
    "ua_at_70_coverage": recall_at_coverage,
    "gain_at_70_coverage": gain_at_coverage,
    "stress_auc": stress_area,
}


def main_figures(corpus: str, said: Predictions, draws: int = DRAWS) -> tuple[Figure, ...]:
    """All figures of one set of predictions."""
    return tuple(
        Figure(corpus, name, _interval(said, name, figure, draws))
        for name, figure in FIGURES.items()
    )


def _interval(
    said: Predictions, name: str, figure: Callable[[Predictions], float], draws: int
) -> Interval:
    if name == "ua":
        return recall_interval(said, draws=draws)
    return speaker_interval(said, figure, draws)
