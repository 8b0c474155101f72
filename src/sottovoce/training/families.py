"""What every kind of model can do: be fitted on clips, score windows, become an ONNX graph."""

from typing import Protocol

from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.predictions import Float64Array, IntArray


class Fitted(Protocol):
    """A model fitted on some clips."""

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        """Score of each label for some windows, float64 [windows, labels]."""
        ...

    def graph(self, scaling: Scaling) -> bytes:
        """The model with its calibration as ONNX; gives ``probabilities``."""
        ...


class Family(Protocol):
    """A kind of model with its settings."""

    def fit(self, examples: Examples, clips: IntArray) -> Fitted:
        """Fit on some clips; settings are chosen inside them."""
        ...
