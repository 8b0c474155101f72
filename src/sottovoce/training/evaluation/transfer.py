"""What is left of a model in another corpus: other speakers, another language, other rooms."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.cross_calibration import cross_calibrated, fit_scaling
from sottovoce.training.evaluation.nouns import Transfer
from sottovoce.training.evaluation.parts import folds_inside, labels_of, narrowed, only
from sottovoce.training.evaluation.resampling import recall_interval
from sottovoce.training.examples import Examples
from sottovoce.training.families import Family
from sottovoce.training.folds import Fold
from sottovoce.training.predictions import IntArray, Predictions
from sottovoce.training.progress import watched
from sottovoce.training.recipe import CalibrationRecipe
from sottovoce.training.validate import held_out

EMOBOX_LABELS = ("angry", "happy", "neutral", "sad")  # of EmoBox's cross-corpus test (its table 5)
LEAST_LABELS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Trainer:
    """How models are made and calibrated; ``folds`` are those of all clips."""

    examples: Examples
    folds: tuple[Fold, ...]
    family: Family
    calibration: CalibrationRecipe


def transfers(trainer: Trainer) -> tuple[Transfer, ...]:
    """Every corpus against every corpus, over the labels both share, and over EmoBox's four.

    None where there is one corpus only.
    """
    of_clip = np.array([clip.corpus for clip in trainer.examples.clips])
    parts = {str(name): np.flatnonzero(of_clip == name) for name in np.unique(of_clip)}
    if len(parts) < 2:
        return ()
    names = watched(tuple(parts), "Training on one corpus alone")
    return tuple(one for name in names for one in transfers_from(trainer, name, parts))


def transfers_from(trainer: Trainer, name: str, parts: dict[str, IntArray]) -> list[Transfer]:
    """One row of the matrix: trained on one corpus, tested on each."""
    labels = labels_of(trainer.examples, parts[name])
    inside = only(trainer.examples, parts[name], labels)
    folds = folds_inside(trainer.folds, parts[name])
    if len(folds) < 2 or len(labels) < LEAST_LABELS:
        return []
    raw = held_out(inside, folds, trainer.family).scores
    clips = np.arange(len(inside.clips))
    scaling = fit_scaling(inside, raw, clips, trainer.calibration)
    model = trainer.family.fit(inside, clips)
    row = cells(name, name, cross_calibrated(inside, folds, raw, trainer.calibration))
    for other in parts:
        if other == name:
            continue
        foreign = strangers(trainer.examples, parts[other], labels)
        probabilities = scaling.apply(model.scores(foreign, np.arange(len(foreign.vectors))))
        said = foreign.predictions(probabilities, np.arange(len(foreign.clips)))
        row += cells(name, other, said)
    return row


def strangers(examples: Examples, clips: IntArray, labels: tuple[str, ...]) -> Examples:
    """Those clips whose labels the model knows."""
    known = [position for position in clips if examples.clips[position].emotion in labels]
    return only(examples, np.array(known, dtype=np.intp), labels)


def cells(trained_on: str, tested_on: str, said: Predictions) -> list[Transfer]:
    """UA over the labels that occur, and over EmoBox's four where all of them do."""
    present = [said.labels[n] for n in np.unique(said.truth)]
    choices = [present]
    if set(present) > set(EMOBOX_LABELS):
        choices.append(list(EMOBOX_LABELS))
    return [
        cell(trained_on, tested_on, narrowed(said, labels))
        for labels in choices
        if len(labels) >= LEAST_LABELS
    ]


def cell(trained_on: str, tested_on: str, said: Predictions) -> Transfer:
    """One cell of the matrix."""
    return Transfer(trained_on, tested_on, said.labels, recall_interval(said), len(said))


def chosen(found: Sequence[Transfer], four: bool) -> list[Transfer]:
    """The cells over EmoBox's four labels, or the others.

    Where a pair shares just these four, its one cell is in both.
    """
    cells_of: dict[tuple[str, str], list[Transfer]] = {}
    for one in found:
        cells_of.setdefault((one.trained_on, one.tested_on), []).append(one)
    kept = (cells[-1] if four else cells[0] for cells in cells_of.values())
    return [one for one in kept if not four or one.labels == EMOBOX_LABELS]
