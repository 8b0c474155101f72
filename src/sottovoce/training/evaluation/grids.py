"""Tables of grids and curves: confusion, transfer, reliability, coverage, sets."""

import numpy as np

from sottovoce.training.coverage import coverage_curve
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.tables import Table, percent, percents
from sottovoce.training.evaluation.transfer import chosen
from sottovoce.training.metrics import confusion
from sottovoce.training.predictions import Predictions
from sottovoce.training.reliability import reliability


def confusion_table(name: str, said: Predictions) -> Table:
    """One row a cell: how many clips of a label were heard as another, and what share of them."""
    counts = confusion(said)
    clips = counts.sum(axis=1)
    rows = tuple(
        (said.labels[true], said.labels[heard], int(count), percent(count / clips[true]))
        for (true, heard), count in np.ndenumerate(counts)
        if clips[true]
    )
    return Table(f"confusion_{name}", ("truth", "heard_as", "clips", "share_percent"), rows)


def transfer_table(evaluation: Evaluation, four: bool) -> Table:
    """One row a pair of corpora; ``four``: over the four labels of EmoBox alone."""
    rows = tuple(
        (one.trained_on, one.tested_on, *percents(one.ua), one.clips, " ".join(one.labels))
        for one in chosen(evaluation.transfers, four)
    )
    columns = (
        "trained_on", "tested_on", "ua_percent", "low_percent", "high_percent", "clips", "labels",
    )  # fmt: skip
    return Table("cross_corpus_four" if four else "cross_corpus", columns, rows)


def reliability_table(name: str, said: Predictions) -> Table:
    """Confidence against accuracy in 15 bins."""
    rows = tuple(
        (percent(one.low), percent(one.high), one.clips, percent(one.confidence),
         percent(one.accuracy))
        for one in reliability(said)
    )  # fmt: skip
    columns = ("from_percent", "to_percent", "clips", "confidence_percent", "accuracy_percent")
    return Table(f"reliability_{name}", columns, rows)


def coverage_table(name: str, said: Predictions) -> Table:
    """UA and accuracy of the surest share of the clips."""
    rows = tuple(
        (percent(point.coverage), percent(point.ua), percent(point.wa), percent(point.threshold),
         point.labels)
        for point in coverage_curve(said)
    )  # fmt: skip
    columns = ("coverage_percent", "ua_percent", "accuracy_percent", "threshold_percent", "labels")
    return Table(f"coverage_{name}", columns, rows)


def sets_table(evaluation: Evaluation) -> Table:
    """What conformal sets promise and hold."""
    rows = tuple(
        (one.corpus, percent(one.promised), *percents(one.covered), round(one.mean_size, 2),
         percent(one.single), percent(one.empty))
        for one in evaluation.sets
    )  # fmt: skip
    columns = (
        "corpus", "promised_percent", "covered_percent", "covered_low_percent",
        "covered_high_percent", "mean_size_labels", "single_label_percent", "empty_percent",
    )  # fmt: skip
    return Table("sets", columns, rows)


def uncertain_table(evaluation: Evaluation) -> Table:
    """How often the product says "uncertain", and how good the rest is."""
    rows = tuple(
        (one.corpus, percent(one.share), percent(one.ua_of_rest)) for one in evaluation.uncertain
    )
    return Table("uncertain", ("corpus", "uncertain_percent", "ua_of_rest_percent"), rows)
