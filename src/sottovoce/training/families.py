"""What every kind of model can do: be fitted on clips, judge windows, become an ONNX graph."""

from typing import Protocol

from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.voice import Sensed, Voice


class Fitted(Protocol):
    """A model fitted on some clips."""

    def sense(self, examples: Examples, windows: IntArray) -> Sensed:
        """What it senses of some windows: the slow part of judging them."""
        ...

    def judge(self, sensed: Sensed, voice: Voice | None = None) -> Float64Array:
        """Score of each label, float64 [windows, labels], of windows of one voice.

        Against the voice's own normal where one is given, else absolutely.
        """
        ...

    def distances(self, sensed: Sensed) -> Float64Array:
        """How far windows lie from those it was trained on, float64 [windows]."""
        ...

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        """Absolute score of each label for some windows, float64 [windows, labels]."""
        ...

    def graph(self, scaling: Scaling) -> bytes:
        """The model with its calibration as ONNX."""
        ...


class Family(Protocol):
    """A kind of model with its settings."""

    def fit(self, examples: Examples, clips: IntArray) -> Fitted:
        """Fit on some clips; settings are chosen inside them."""
        ...
