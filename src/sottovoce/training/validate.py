"""What a model says of speakers it was not trained on."""

from collections.abc import Sequence

import numpy as np

from sottovoce.training.examples import Examples
from sottovoce.training.families import Family
from sottovoce.training.folds import Fold
from sottovoce.training.predictions import Float64Array


def held_out_scores(examples: Examples, folds: Sequence[Fold], family: Family) -> Float64Array:
    """Scores of every window by a model that heard neither its speaker nor its fold.

    float64 [windows, labels]; windows of clips that no fold tests stay zero.
    """
    held_out = np.zeros((len(examples.vectors), len(examples.labels)))
    for fold in folds:
        windows = examples.windows_of(fold.test)
        held_out[windows] = family.fit(examples, fold.train).scores(examples, windows)
    return held_out
