"""The main figures as a table, and as the numbers of ``figures.json``."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sottovoce.training.evaluation.figures import Figure
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.tables import Table
from sottovoce.training.evaluation.transfer import chosen
from sottovoce.training.intervals import Interval

COLUMNS = ("corpus", "figure", "value", "low", "high")
WORDS: Mapping[str, str] = {
    "ua": "unweighted average recall (UA)",
    "wa": "accuracy",
    "macro_f1": "macro F1",
    "ece": "calibration error (ECE, 15 bins)",
    "ua_at_70_coverage": "UA of the surest 70 %",
    "gain_at_70_coverage": "gain over all clips",
    "stress_auc": "AUC of the stress index",
}


def summary_table(figures: Sequence[Figure]) -> Table:
    """One row a figure, 0..1 with three decimals."""
    rows = tuple((one.corpus, WORDS[one.name], *_rounded(one.interval, 3)) for one in figures)
    return Table("figures", COLUMNS, rows)


def figures_json(evaluation: Evaluation, figures: Sequence[Figure]) -> dict[str, Any]:
    """Every figure of an evaluation as plain JSON values, 0..1 with four decimals."""
    return {
        "model": evaluation.subject.name,
        "judged_by": evaluation.subject.judged_by,
        "figures": _nested((one.corpus, one.name, one.interval) for one in figures),
        "robustness": [
            {"condition": one.condition, "corpus": one.corpus, "ua": as_json(one.ua),
             "drop": as_json(one.drop), "unheard": one.unheard, "clips": one.clips}
            for one in evaluation.robustness
        ],
        "cross_corpus": [
            {"trained_on": one.trained_on, "tested_on": one.tested_on, "labels": list(one.labels),
             "ua": as_json(one.ua), "clips": one.clips}
            for one in evaluation.transfers
        ],
        "sets": [
            {"corpus": one.corpus, "promised": round(one.promised, 4),
             "covered": as_json(one.covered), "mean_size": round(one.mean_size, 4)}
            for one in evaluation.sets
        ],
        "readings": {one.name: as_json(one.ua) for one in evaluation.readings},
        "personal": [
            {"corpus": one.corpus, "own_clips": one.own_clips, "ua": round(one.ua_mean, 4),
             "deviation": round(one.ua_deviation, 4), "draws": one.draws}
            for one in evaluation.personal
        ],
        "uncertain": {
            one.corpus: {"share": round(one.share, 4), "ua_of_rest": _number(one.ua_of_rest)}
            for one in evaluation.uncertain
        },
        "notes": list(evaluation.notes),
    }  # fmt: skip


def transfer_of(evaluation: Evaluation, trained_on: str, tested_on: str) -> Interval | None:
    """UA over EmoBox's four labels from one corpus to another; None where it was not measured."""
    for one in chosen(evaluation.transfers, four=True):
        if (one.trained_on, one.tested_on) == (trained_on, tested_on):
            return one.ua
    return None


def as_json(interval: Interval) -> dict[str, float | None]:
    """Value, low and high with four decimals; null where not a number.

    >>> as_json(Interval(0.5, 0.4, float("nan"), 0.95))
    {'value': 0.5, 'low': 0.4, 'high': None}
    """
    return dict(zip(("value", "low", "high"), _rounded(interval, 4), strict=True))


def _rounded(interval: Interval, digits: int) -> tuple[float | None, ...]:
    numbers = (interval.value, interval.low, interval.high)
    return tuple(_number(number, digits) for number in numbers)


def _number(value: float | None, digits: int = 4) -> float | None:
    return round(value, digits) if value is not None and math.isfinite(value) else None


def _nested(found: Any) -> dict[str, dict[str, Any]]:
    nested: dict[str, dict[str, Any]] = {}
    for corpus, name, interval in found:
        nested.setdefault(corpus, {})[name] = as_json(interval)
    return nested
