"""What every emotion model is to the pipeline, whatever it hears a window as."""

from typing import TYPE_CHECKING, Protocol

from sottovoce.domain import Baseline, FloatArray, ModelId
from sottovoce.models.card import Card

if TYPE_CHECKING:
    from sottovoce.models.emotion import Judged

Images = tuple[FloatArray, FloatArray]


class Hearable(Protocol):
    """One window, as models may want to hear it; nothing is computed unasked."""

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

    def check_baseline(self, baseline: Baseline) -> None:
        """Refuse a baseline that this model cannot use."""
        ...

    def hear(self, window: Hearable, baseline: Baseline | None) -> "Judged":
        """What is said of one window, from that window alone."""
        ...
