"""How the network is built and fitted; each value is stated in the card of what it makes."""

from dataclasses import dataclass
from typing import Literal

from sottovoce.errors import ModelError

Fusion = Literal["concat", "gated", "cross-attention"]
Encoder = Literal["bilstm", "transformer"]
FUSIONS: tuple[Fusion, ...] = ("concat", "gated", "cross-attention")
ENCODERS: tuple[Encoder, ...] = ("bilstm", "transformer")
SEGMENTS, EMBEDDINGS, MARKERS, WORDS = MODALITIES = (
    "segments",
    "embeddings",
    "markers",
    "words",
)


@dataclass(frozen=True, slots=True)
class NetOptions:
    """Shape and fitting.

    ``modalities`` are those it hears; ``most_segments`` how many of an interview, evenly chosen;
    ``levels_weight`` how much the ordinal PHQ-8 output counts beside the label, 0 for none.
    """

    fusion: Fusion = "gated"
    encoder: Encoder = "transformer"
    modalities: tuple[str, ...] = MODALITIES
    width: int = 16
    dropout: float = 0.4
    most_segments: int = 24
    levels_weight: float = 0.0
    learning_rate: float = 1e-2
    weight_decay: float = 1e-2
    epochs: int = 60
    patience: int = 15
    batch_people: int = 16

    def __post_init__(self) -> None:
        known = (("fusion", self.fusion, FUSIONS), ("encoder", self.encoder, ENCODERS))
        for what, name, names in known:
            if name not in names:
                raise ModelError(f"there is no {what} '{name}'; there are: {', '.join(names)}")
        if not self.modalities or set(self.modalities) - set(MODALITIES):
            raise ModelError(f"the modalities are some of: {', '.join(MODALITIES)}")
