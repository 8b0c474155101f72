"""What every emotion model is to the pipeline, whatever it hears the window as."""

from typing import Protocol

from sottovoce.domain import Emotion, FloatArray, ModelId
from sottovoce.models.card import Card

Images = tuple[FloatArray, FloatArray]


class View(Protocol):
    """One window, as models may want to see it; nothing is computed unasked."""

    @property
    def samples(self) -> FloatArray:
        """The sound itself, float32 [n], 16 kHz in [-1, 1)."""
        ...

    def functionals(self) -> FloatArray:
        """Functionals of the descriptors, float32 [n]."""
        ...

    def images(self) -> Images:
        """Mel image float32 [T, 64] and correlogram float32 [T, 48]."""
        ...


class Judge(Protocol):
    """An opened model."""

    card: Card
    id: ModelId

    def judge(self, view: View) -> Emotion:
        """What was heard in one window, from that window alone."""
        ...
