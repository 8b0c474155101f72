"""A model that passed the fence, on ONNX Runtime: what it says of one memo, and how sure."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sottovoce.errors import ModelError
from sottovoce.models.card import Card
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.fence.gate import KIND, Evaluation, passed
from sottovoce.risk.network.batches import Shape, batch
from sottovoce.risk.study.scaling import Scaling
from sottovoce.runtime import check_file, open_session

Verdict = Literal["like cases", "not like cases", "undecided"]
INTERVAL = (0.05, 0.95)
FEWEST_SEGMENTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What was heard in one memo.

    ``probability`` is that of a case among as many others, with a 90 % interval over other training
    people and seeds; all three are None when there was too little speech. "Undecided" is an answer.
    """

    verdict: Verdict
    probability: float | None
    low: float | None
    high: float | None


class RiskModel:
    """Opened from its card; there is no other way to one.

    Raises
    ------
    FenceError
        It was not judged on people it had not heard, with clinical labels.
    ModelError
        The weights are not those of the card, or were made by another version's features.
    """

    def __init__(self, card: Card) -> None:
        self.evaluation: Evaluation = passed(card)
        self.card, self._told = card, _told(card)
        self.features = find_set(self._told["feature_set"])
        if self._told["feature_version"] != self.features.version():
            raise ModelError(f"'{card.name}' was trained on other features; train it again")
        check_file(card.weights, card.sha256)
        self._session: Any = open_session(card.weights, card.sha256)
        self._inputs = [entry.name for entry in self._session.get_inputs()]
        self._shape = Shape(int(self._told["segments"]), dict(self._told["widths"]))

    @property
    def encoder(self) -> str | None:
        """Name of the speech model whose embeddings it hears; None without."""
        named: str | None = self._told["encoder"]
        return named

    @property
    def sentiment(self) -> tuple[str, str] | None:
        """Name and version of what gave words their sentiment; None where it hears no words."""
        told = self._told.get("sentiment")
        return (str(told["name"]), str(told["version"])) if told else None

    def judge(self, heard: Heard) -> Answer:
        """What is said of one memo; undecided with fewer than three segments of speech."""
        if len(heard) < FEWEST_SEGMENTS:
            return Answer("undecided", None, None, None)
        given = batch([heard], self._shape)
        (logits,) = self._session.run(None, {name: given[name] for name in self._inputs})
        middle = Scaling(**self._told["scaling"]).apply(np.mean(logits))
        draws = [Scaling(*pair).apply(logits[0]) for pair in self._told["draws"]]
        low, high = np.quantile(np.concatenate(draws), INTERVAL)
        return self._answer(float(middle), float(low), float(high))

    def _answer(self, middle: float, low: float, high: float) -> Answer:
        from_, to = self._told["undecided"]
        verdict: Verdict = "like cases" if middle > to else "not like cases"
        if from_ <= middle <= to:
            verdict = "undecided"
        return Answer(verdict, middle, min(low, middle), max(high, middle))


def _told(card: Card) -> dict[str, Any]:
    told = dict(card.text[KIND])
    needed = {"feature_set", "feature_version", "segments", "widths", "encoder", "scaling"}
    missing = (needed | {"draws", "undecided"}) - told.keys()
    if missing:
        raise ModelError(f"the card of '{card.name}' lacks {', '.join(sorted(missing))}")
    return told
