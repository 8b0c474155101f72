"""What a model's card must hold before the model may say a number about anyone.

A card can be forged, as any file can; what cannot happen is that a model gets through by
forgetting, by a demo, or by made interviews, which bear their mark into the card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sottovoce.errors import ModelError
from sottovoce.models.card import Card
from sottovoce.training.intervals import Interval

KIND = "risk"
FEWEST_CASES = 20  # and as many others: of fewer, an interval says nothing
CHANCE = 0.5


class FenceError(ModelError):
    """A model may not say a number about low mood; the sentence says why."""

    type = "fence"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a model was judged on people it had not heard, with clinical labels.

    ``decided`` is the share of people it decided on; ``sensitivity`` and ``specificity`` are those
    of the decided.
    """

    corpora: Mapping[str, int]
    cases: int
    others: int
    auc: Interval
    decided: float
    sensitivity: float
    specificity: float


def passed(card: Card) -> Evaluation:
    """The evaluation of a model that may speak.

    Raises
    ------
    FenceError
        It may not.
    """
    if card.kind != KIND:
        raise FenceError(f"'{card.name}' is no model of low mood; low_mood stays a marker")
    held = _evaluation(card)
    if held.get("speaker_disjoint") is not True:
        raise _refused(card, "it was not judged on people it had not heard")
    if held.get("labels") != "clinical":
        raise _refused(card, LABELS.get(str(held.get("labels")), LABELS["unstated"]))
    found = _read(card, held)
    if min(found.cases, found.others) < FEWEST_CASES:
        raise _refused(card, f"it was judged on fewer than {FEWEST_CASES} people of a kind")
    if not found.auc.low > CHANCE:
        raise _refused(card, "it was no better than chance on people it had not heard")
    return found


LABELS = {
    "made": "it was trained or judged on made interviews",
    "unstated": "nobody says that its labels are a questionnaire's or a clinician's",
}


def _evaluation(card: Card) -> Mapping[str, Any]:
    told = card.text.get(KIND)
    held = told.get("evaluation") if isinstance(told, Mapping) else None
    if not isinstance(held, Mapping):
        raise _refused(card, "its card holds no evaluation")
    return held


def _read(card: Card, held: Mapping[str, Any]) -> Evaluation:
    try:
        auc = held["auc"]
        return Evaluation(
            corpora={str(name): int(count) for name, count in held["corpora"].items()},
            cases=int(held["cases"]),
            others=int(held["others"]),
            auc=Interval(float(auc["value"]), float(auc["low"]), float(auc["high"]), 0.95),
            decided=float(held["decided"]),
            sensitivity=float(held["sensitivity"]),
            specificity=float(held["specificity"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise _refused(card, "the evaluation in its card is not whole") from trouble


def _refused(card: Card, why: str) -> FenceError:
    return FenceError(f"'{card.name}' says no number: {why}; low_mood stays a marker")
