"""Three heads are found in the wild; each is known by the names of its weights.

The usual loader expects the first and gives the other two random weights, with a warning nobody
reads. Here a head is recognised, or refused.

>>> head_of({"classifier.dense.weight", "classifier.out_proj.weight"}).dimensional
True
"""

from collections.abc import Collection
from dataclasses import dataclass

from sottovoce.wav2vec2.errors import CheckpointError

LAYER_WEIGHTS = "layer_weights"


@dataclass(frozen=True, slots=True)
class Head:
    """A head family: its two linear maps, and what happens between them.

    ``first`` and ``last`` are the prefixes of their weights; ``tanh`` stands between them where
    ``bent``. A ``dimensional`` head gives arousal, dominance and valence, and no softmax.
    """

    name: str
    first: str
    last: str
    bent: bool
    dimensional: bool
    note: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The weights it must have."""
        return tuple(
            f"{part}.{kind}" for part in (self.first, self.last) for kind in ("weight", "bias")
        )


PROJECTED = Head(
    name="projector",
    first="projector",
    last="classifier",
    bent=False,
    dimensional=False,
    note="mean over time, projector, classifier: the head of transformers",
)
DENSE_OUTPUT = Head(
    name="dense-output",
    first="classifier.dense",
    last="classifier.output",
    bent=True,
    dimensional=False,
    note="mean over time, dense, tanh, output; the tanh is inferred from the fine-tuning template "
    "of the time: try a clip whose emotion you know",
)
DENSE_OUT_PROJ = Head(
    name="dense-out_proj",
    first="classifier.dense",
    last="classifier.out_proj",
    bent=True,
    dimensional=True,
    note="mean over time, dense, tanh, out_proj: arousal, dominance, valence, as published",
)
HEADS = (PROJECTED, DENSE_OUTPUT, DENSE_OUT_PROJ)
OTHER_TASKS = {
    "lm_head": "speech recognition (CTC)",
    "project_hid": "pre-training",
    "quantizer": "pre-training",
    "tdnn": "speaker recognition",
    "lm_head.weight": "text",
}


def head_of(names: Collection[str]) -> Head:
    """The family whose last map is among the weights' names.

    Raises
    ------
    CheckpointError
        There is no head, or one of another task.
    """
    for head in HEADS:
        if f"{head.last}.weight" in names:
            return head
    roots = {name.split(".")[0] for name in names}
    for root, task in OTHER_TASKS.items():
        if root in roots:
            raise CheckpointError(
                f"this checkpoint was made for {task} ('{root}'), it has no emotion head"
            )
    raise CheckpointError(
        "this checkpoint has no emotion head that was trained: none of "
        + ", ".join(f"'{head.last}.weight'" for head in HEADS)
    )
