"""The emotion model: what was heard in one window becomes a calibrated probability per label."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sottovoce.domain import Emotion, FloatArray, ModelId
from sottovoce.errors import ModelError
from sottovoce.models.card import Card
from sottovoce.models.judge import Images, View
from sottovoce.runtime import open_session

if TYPE_CHECKING:
    import onnxruntime


class EmotionModel:
    """A model on ONNX Runtime, opened from its card; weights are checked against the card.

    Raises
    ------
    ModelError
        The weights are not those of the card, or were trained on other functionals than the ones
        this version computes.
    """

    def __init__(self, card: Card, functionals_digest: str) -> None:
        if card.features not in (None, functionals_digest):
            raise ModelError(
                f"'{card.name}' was trained on functionals {card.features}, this version computes "
                f"{functionals_digest}; train it again"
            )
        self.card = card
        self.id = ModelId(card.name, card.sha256)
        self._session: onnxruntime.InferenceSession = open_session(card.weights, card.sha256)
        self._inputs = frozenset(entry.name for entry in self._session.get_inputs())

    @property
    def sees_images(self) -> bool:
        """Whether it also needs the window's images (``features.net_input``)."""
        return "mel" in self._inputs

    def judge(self, view: View) -> Emotion:
        """Probability of each label for one window, which it asks for what it needs."""
        return self.predict(view.functionals(), view.images() if self.sees_images else None)

    def predict(self, functionals: FloatArray, images: Images | None = None) -> Emotion:
        """Probability of each label for one window.

        Parameters
        ----------
        functionals
            float32 [n], from ``features.functionals``; always finite.
        images
            Mel image float32 [T, 64] and correlogram float32 [T, 48], from ``features.net_input``;
            only for a model that :attr:`sees_images`.
        """
        given = {"functionals": functionals[None]}
        if images is not None:
            given |= {"mel": images[0][None], "acf": images[1][None]}
        (probabilities,) = self._session.run(["probabilities"], given)
        return self._emotion(np.asarray(probabilities[0], dtype=np.float64))

    def _emotion(self, probabilities: np.ndarray) -> Emotion:
        shares = probabilities / probabilities.sum()
        return Emotion(dict(zip(self.card.labels, map(float, shares), strict=True)), self.id)


def merge_emotions(emotions: Sequence[Emotion], durations_s: Sequence[float]) -> Emotion:
    """One Emotion for a memo: the mean of its windows' probabilities, weighted by duration.

    >>> from sottovoce.domain import ModelId
    >>> one, other = (Emotion({"calm": p, "sad": 1 - p}, ModelId("m", "0")) for p in (1.0, 0.0))
    >>> merge_emotions([one, other], [3.0, 1.0]).probabilities
    {'calm': 0.75, 'sad': 0.25}
    """
    weights = np.asarray(durations_s) / sum(durations_s)
    stacked = np.array([list(emotion.probabilities.values()) for emotion in emotions])
    return replace(
        emotions[0],
        probabilities=dict(
            zip(emotions[0].probabilities, map(float, weights @ stacked), strict=True)
        ),
        arousal=_mean([emotion.arousal for emotion in emotions], weights),
        valence=_mean([emotion.valence for emotion in emotions], weights),
        dominance=_mean([emotion.dominance for emotion in emotions], weights),
    )


def _mean(values: Sequence[float | None], weights: np.ndarray) -> float | None:
    known = [value for value in values if value is not None]
    return float(weights @ np.array(known)) if len(known) == len(values) else None
