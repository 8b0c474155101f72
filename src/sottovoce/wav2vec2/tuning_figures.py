"""How well a fine-tuned model hears speakers it has not learnt from, and how sure it may be."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sottovoce.training.calibration import Scaling, fit_temperature
from sottovoce.training.doubt import fit_doubt
from sottovoce.training.manifest import Clip
from sottovoce.training.metrics import scores, unweighted_recall
from sottovoce.training.predictions import Float64Array, IntArray, Predictions
from sottovoce.training.reliability import expected_calibration_error


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """What was said of clips of held-out speakers, window by window.

    ``logits`` is float64 [windows, labels]; ``clip_of`` int [windows], positions in ``clips``;
    ``lengths`` float64 [windows], in samples.
    """

    labels: tuple[str, ...]
    clips: tuple[Clip, ...]
    logits: Float64Array
    clip_of: IntArray
    lengths: Float64Array

    @classmethod
    def of(
        cls,
        labels: tuple[str, ...],
        heard: Sequence[tuple[Clip, list[list[float]], list[int]]],
    ) -> "HeldOut":
        """From one clip after another, each with the logits and lengths of its windows."""
        return cls(
            labels,
            tuple(clip for clip, _, _ in heard),
            np.array([row for _, logits, _ in heard for row in logits]),
            np.repeat(np.arange(len(heard)), [len(lengths) for _, _, lengths in heard]),
            np.array([length for _, _, lengths in heard for length in lengths], dtype=float),
        )

    @property
    def truth(self) -> IntArray:
        """The label of each clip, int [clips]."""
        return np.array([self.labels.index(clip.emotion) for clip in self.clips])

    def said(self, windows: Float64Array) -> Predictions:
        """Probabilities of clips from those of their windows, weighted by duration."""
        merged = np.zeros((len(self.clips), len(self.labels)))
        np.add.at(merged, self.clip_of, windows * self.lengths[:, None])
        total = np.bincount(self.clip_of, self.lengths)
        return Predictions(
            labels=self.labels,
            truth=self.truth,
            probabilities=merged / total[:, None],
            speakers=tuple(clip.speaker for clip in self.clips),
            sexes=tuple(clip.sex for clip in self.clips),
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """``temperature`` divides the logits; the rest is measured with it on held-out speakers.

    ``figures`` are ua, wa, macro_f1 (0..1), ece (0..1) and the number of clips; ``doubt`` the three
    numbers of the stress interval. Without a second held-out speaker to measure it on there is no
    ece and no doubt.
    """

    temperature: float
    figures: dict[str, float]
    doubt: dict[str, float] | None


def recall(held_out: HeldOut) -> float:
    """Unweighted average recall of the clips, 0..1."""
    even = Scaling((1.0,) * len(held_out.labels), (0.0,) * len(held_out.labels))
    return unweighted_recall(held_out.said(even.apply(held_out.logits)))


def calibration(held_out: HeldOut) -> Calibration:
    """One temperature fitted on all held-out speakers, judged by those fitted without each one."""
    truth = held_out.truth[held_out.clip_of]
    whole = fit_temperature(held_out.logits, truth)
    crossed = _crossed(held_out, truth)
    said = held_out.said(whole.apply(held_out.logits) if crossed is None else crossed)
    figures: dict[str, Any] = asdict(scores(said))
    doubt = None
    if crossed is not None:
        figures["ece"] = expected_calibration_error(said)
        fitted = fit_doubt(said)
        doubt = {name: getattr(fitted, name) for name in ("quantile", "floor", "correlation")}
    return Calibration(1.0 / whole.scale[0], figures, doubt)


def _crossed(held_out: HeldOut, truth: IntArray) -> Float64Array | None:
    """Probabilities of each speaker's windows by the temperature that the others give."""
    speakers = np.array([clip.speaker for clip in held_out.clips])[held_out.clip_of]
    names = np.unique(speakers)
    if len(names) < 2:
        return None
    found = np.zeros_like(held_out.logits)
    for name in names:
        own = speakers == name
        found[own] = fit_temperature(held_out.logits[~own], truth[~own]).apply(held_out.logits[own])
    return found
