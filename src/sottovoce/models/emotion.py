"""The emotion model: what was heard in one window becomes a calibrated probability per label."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sottovoce.domain import UNNAMED, Baseline, Emotion, FloatArray, ModelId
from sottovoce.errors import ModelError
from sottovoce.models.card import Card
from sottovoce.models.dimensions import dimensions
from sottovoce.models.judge import Hearable, Images, Judge
from sottovoce.models.labels import DIMENSIONS
from sottovoce.runtime import open_session

if TYPE_CHECKING:
    import onnxruntime


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What a model said of one window.

    ``emotion`` is the absolute view, ``own`` the one against a baseline (None without one).
    ``distance`` tells how far the window lies from all it was trained on, in the model's own unit,
    and ``embedding``, float32 [e], what its network made of it; None for models that do not say.
    """

    emotion: Emotion
    own: Emotion | None = None
    distance: float | None = None
    embedding: FloatArray | None = None


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
        self._outputs = tuple(entry.name for entry in self._session.get_outputs())
        optional = self._session.get_overridable_initializers()
        self._optional = frozenset(entry.name for entry in optional)

    @property
    def sees_images(self) -> bool:
        """Whether it also needs the window's images (``features.net_input``)."""
        return "mel" in self._inputs

    def check_baseline(self, baseline: Baseline) -> None:
        """Refuse a baseline that this model cannot use.

        Raises
        ------
        ModelError
            It has no personal view, or the baseline was made with another model.
        """
        if "own_probabilities" not in self._outputs:
            raise ModelError(f"'{self.card.name}' knows no baseline; use another model")
        if baseline.model != self.id:
            raise ModelError(
                f"the baseline was made with '{baseline.model.name}', not with "
                f"'{self.card.name}' as it is now; make it again"
            )

    def hear(self, window: Hearable, baseline: Baseline | None) -> Judged:
        """Judge one window, which is asked for what the model needs."""
        images = window.images() if self.sees_images else None
        return self.judge(window.functionals(), images, baseline)

    def judge(
        self,
        functionals: FloatArray,
        images: Images | None = None,
        baseline: Baseline | None = None,
    ) -> Judged:
        """Judge one window.

        Parameters
        ----------
        functionals
            float32 [n], from ``features.functionals``; always finite.
        images
            Mel image float32 [T, 64] and correlogram float32 [T, 48], from ``features.net_input``;
            only for a model that :attr:`sees_images`.
        baseline
            The voice's own normal, where it is known; one that :meth:`check_baseline` accepts.
        """
        given = {"functionals": functionals[None]}
        if images is not None:
            given |= {"mel": images[0][None], "acf": images[1][None]}
        if baseline is not None:
            told = baseline_inputs(baseline)
            given |= {name: value for name, value in told.items() if name in self._optional}
        said = dict(zip(self._outputs, self._session.run(None, given), strict=True))
        embedding = said.get("embedding")
        return Judged(
            emotion=self._emotion(said["probabilities"][0]),
            own=self._emotion(said["own_probabilities"][0]) if baseline else None,
            distance=said["distance"].item() if "distance" in said else None,
            embedding=None if embedding is None else embedding[0],
        )

    def _emotion(self, probabilities: FloatArray) -> Emotion:
        exact = np.asarray(probabilities, dtype=np.float64)
        shares = exact / exact.sum()
        return placed(dict(zip(self.card.labels, map(float, shares), strict=True)), self.id)


def baseline_inputs(baseline: Baseline) -> dict[str, FloatArray]:
    """What the graph is told of a voice's normal; how far to believe it stands in the graph."""
    return {
        "own_memos": np.array([baseline.memos], dtype=np.float32),
        "own_mean": baseline.mean[None],
        "own_deviation": baseline.deviation[None],
        "own_embedding": baseline.embedding[None],
        "own_labels": baseline.labels[None],
    }


def placed(probabilities: dict[str, float], model: ModelId) -> Emotion:
    """An Emotion with its place in the plane of arousal and valence."""
    place: dict[str, Any] = dimensions(probabilities) or {}
    return Emotion(probabilities, model, **place)


def with_baselines(model: Judge) -> EmotionModel:
    """The model, where it is of the kind that can know a voice's own normal.

    Raises
    ------
    ModelError
        It is of another kind.
    """
    if not isinstance(model, EmotionModel):
        raise ModelError(f"'{model.id.name}' knows no baseline; use another model")
    return model


def merge_emotions(emotions: Sequence[Emotion], durations_s: Sequence[float]) -> Emotion:
    """One Emotion for a memo: the mean of its windows' probabilities, weighted by duration.

    >>> from sottovoce.domain import ModelId
    >>> one, other = (Emotion({"calm": p, "sad": 1 - p}, ModelId("m", "0")) for p in (1.0, 0.0))
    >>> merge_emotions([one, other], [3.0, 1.0]).probabilities
    {'calm': 0.75, 'sad': 0.25}
    """
    weights = np.asarray(durations_s) / sum(durations_s)
    stacked = np.array([list(emotion.probabilities.values()) for emotion in emotions])
    shares = map(float, weights @ stacked)
    merged = placed(dict(zip(emotions[0].probabilities, shares, strict=True)), emotions[0].model)
    if UNNAMED in merged.probabilities:
        merged = replace(merged, **merged_dimensions(emotions, weights))
    return replace(merged, calibrated=emotions[0].calibrated)


def merged_dimensions(emotions: Sequence[Emotion], weights: np.ndarray) -> dict[str, Any]:
    """The weighted means of dimensions that a model gave itself."""
    given = {
        name: np.array([getattr(emotion, name) for emotion in emotions]) for name in DIMENSIONS
    }
    return {name: float(weights @ values) for name, values in given.items()}
