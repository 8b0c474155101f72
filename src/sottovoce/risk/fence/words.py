"""What a person is told: how a voice sounded, what that is worth, and never what they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sottovoce.risk.fence.gate import Evaluation
from sottovoce.risk.fence.model import Answer
from sottovoce.risk.study.figures import Flags

PREVALENCE = 0.08
MEMOS_BEFORE_ALERT = 5
CATALOGUE: Mapping[str, str] = {
    "notice": (
        "Research only: you asked for a model of low mood. It is no diagnosis and no medical "
        "device, and it is often wrong. Need to talk to someone now? https://findahelpline.com"
    ),
    "like cases": "Your voice sounded more like those of people who reported low mood ({span}).",
    "not like cases": (
        "Your voice sounded more like those of people who reported no low mood ({span})."
    ),
    "undecided": ("Your voice sounded neither clearly one way nor the other: undecided ({span})."),
    "span": "{probability} ({low} to {high}) where half of all are cases",
    "too_little": "There was too little speech to say more: undecided.",
    "worth": (
        "Where {cases} in 100 people have a low mood, {right} of 100 voices that sound so belong "
        "to one of them."
    ),
    "alert": (
        "Your voice sounded heavier in each of the last five memos. How do you feel? If it is "
        "hard, talk to someone you trust, or see https://findahelpline.com."
    ),
}
NOTICE = CATALOGUE["notice"]


def say(key: str, **parts: object) -> str:
    """A sentence of the catalogue, its places filled.

    >>> say("worth", cases=8, right=19)
    'Where 8 in 100 people have a low mood, 19 of 100 voices that sound so belong to one of them.'
    """
    return CATALOGUE[key].format(**parts)


def sentences(answer: Answer, evaluation: Evaluation) -> tuple[str, ...]:
    """The answer, and how much it is worth, in plain words."""
    if answer.probability is None:
        return (say("too_little"),)
    numbers = {"probability": answer.probability, "low": answer.low, "high": answer.high}
    span = say("span", **{name: f"{value:.2f}" for name, value in numbers.items()})
    said = say(answer.verdict, span=span)
    return (said, *([worth(evaluation)] if answer.verdict == "like cases" else []))


def worth(evaluation: Evaluation) -> str:
    """Of those whose voice sounds so, how many have reported low mood where 8 in 100 have.

    >>> from sottovoce.training.intervals import Interval
    >>> worth(Evaluation({}, 99, 99, Interval(0.76, 0.7, 0.8, 0.95), 0.81, 0.714, 0.738))
    'Where 8 in 100 people have a low mood, 19 of 100 voices that sound so belong to one of them.'
    """
    right = 100 * ppv_at(evaluation, PREVALENCE)
    return say("worth", cases=f"{100 * PREVALENCE:.0f}", right=f"{right:.0f}")


def ppv_at(evaluation: Evaluation, prevalence: float) -> float:
    """Positive predictive value among the decided, 0..1."""
    return Flags(evaluation.sensitivity, evaluation.specificity, 0.0, 0.0).ppv(prevalence)


def alert(answers: Sequence[Answer]) -> str | None:
    """What is said when the last five memos that were decided all sounded so; else None.

    >>> alert([Answer("like cases", 0.8, 0.7, 0.9)] * 4) is None
    True
    """
    decided = [one for one in answers if one.verdict != "undecided"][-MEMOS_BEFORE_ALERT:]
    all_so = all(one.verdict == "like cases" for one in decided)
    if len(decided) < MEMOS_BEFORE_ALERT or not all_so:
        return None
    return say("alert")


def answer_to_wire(answer: Answer, evaluation: Evaluation, model: str) -> dict[str, Any]:
    """The answer as plain JSON values, with what it stands on."""
    return {
        "model": model,
        "verdict": answer.verdict,
        "probability": _rounded(answer.probability),
        "low": _rounded(answer.low),
        "high": _rounded(answer.high),
        "ppv_at_8_percent": _rounded(ppv_at(evaluation, PREVALENCE)),
        "auc": _rounded(evaluation.auc.value),
        "words": list(sentences(answer, evaluation)),
        "notice": NOTICE,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
