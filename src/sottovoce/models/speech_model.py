"""A model of speech itself (wav2vec 2.0 and its kin) on ONNX Runtime: no torch, a window at a time.

One process holds one copy of a model's weights, however many threads ask it. A window's numbers
come from that window alone: it is normalised inside the graph, and never padded.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, UNNAMED, Baseline, Emotion, FloatArray, ModelId
from sottovoce.errors import ModelError
from sottovoce.models.card import Card
from sottovoce.models.emotion import Judged, placed
from sottovoce.models.judge import Hearable
from sottovoce.models.labels import DIMENSIONS, names_dimensions
from sottovoce.runtime import check_file, open_session

if TYPE_CHECKING:
    import onnxruntime

SHORTEST_SAMPLES = SAMPLE_RATE_HZ // 10  # shorter windows are filled up with silence: 5 frames


class SpeechModel:
    """An imported model, opened from its card; all its files are checked against the card.

    Raises
    ------
    ModelError
        A file is missing, or is not the one of the card.
    """

    def __init__(self, card: Card) -> None:
        for path, sha256 in card.files.items():
            check_file(path, sha256)
        self.card = card
        self.id = ModelId(card.name, card.sha256)
        self._session: onnxruntime.InferenceSession = open_session(card.weights, card.sha256)

    def check_baseline(self, baseline: Baseline) -> None:  # noqa: ARG002
        """Refuse every baseline: such a model has no view against a voice's own normal.

        Raises
        ------
        ModelError
            Always.
        """
        raise ModelError(f"'{self.card.name}' knows no baseline; use another model")

    def hear(self, window: Hearable, baseline: Baseline | None = None) -> Judged:  # noqa: ARG002
        """What was heard in one window."""
        return Judged(self.emotion(self.logits(window.samples)))

    def logits(self, samples: FloatArray) -> FloatArray:
        """The head's numbers for one window, float32 [labels].

        ``samples`` is float32 [n], 16 kHz in [-1, 1).
        """
        return self._run("logits", samples)

    def means(self, samples: FloatArray) -> FloatArray:
        """Mean over time of the frames before the first layer and after each one.

        float32 [layers + 1, width]; see ``models.embed``.
        """
        return self._run("means", samples)

    def emotion(self, logits: FloatArray) -> Emotion:
        """The head's numbers in our words: a share for each label, or the three dimensions.

        Published dimensions lie in about 0..1; they are brought to -1..1.
        """
        calibrated = self.card.calibrated
        if not names_dimensions(self.card.labels):
            shares = summed(self.card.labels, softmax(logits))
            return replace(placed(shares, self.id), calibrated=calibrated)
        values = dict(zip(self.card.labels, map(float, 2.0 * logits - 1.0), strict=True))
        arousal, dominance, valence = (values[name] for name in DIMENSIONS)
        return Emotion({UNNAMED: 1.0}, self.id, arousal, valence, dominance, calibrated=calibrated)

    def _run(self, output: str, samples: FloatArray) -> FloatArray:
        missing = max(0, SHORTEST_SAMPLES - len(samples))
        heard = np.pad(samples, (0, missing)) if missing else samples
        (found,) = self._session.run([output], {"samples": heard[None]})
        return np.asarray(found[0])


def softmax(logits: FloatArray) -> FloatArray:
    """Shares that sum to 1.

    >>> softmax(np.float32([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    raised = np.exp(logits.astype(np.float64) - logits.max())
    return np.asarray(raised / raised.sum())


def summed(labels: Sequence[str], shares: FloatArray) -> dict[str, float]:
    """Share of each label; those of one name are added.

    >>> summed(["happy", "sad", "happy"], np.float32([0.25, 0.5, 0.25]))
    {'happy': 0.5, 'sad': 0.5}
    """
    total = dict.fromkeys(labels, 0.0)
    for label, share in zip(labels, shares, strict=True):
        total[label] += float(share)
    return total
