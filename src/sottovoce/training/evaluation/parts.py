"""Examples of some clips, and answers over some labels."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sottovoce.training.examples import Examples
from sottovoce.training.folds import Fold
from sottovoce.training.predictions import IntArray, Predictions

LEAST_SHARE = 1e-12  # keeps an answer that is sure of a label left out from being no answer


def only(examples: Examples, clips: IntArray, labels: tuple[str, ...]) -> Examples:
    """Some clips, sorted positions, as if there were no others; ``labels`` has all of theirs."""
    windows = examples.windows_of(clips)
    place = np.full(len(examples.clips), -1)
    place[clips] = np.arange(len(clips))
    kept = tuple(examples.clips[position] for position in clips)
    return replace(
        examples,
        clips=kept,
        labels=labels,
        truth=np.array([labels.index(clip.emotion) for clip in kept]),
        vectors=examples.vectors[windows],
        images=examples.images.only(windows),
        clip_of=place[examples.clip_of[windows]],
        durations_s=examples.durations_s[windows],
        copies=tuple(copy[windows] for copy in examples.copies),
    )


def labels_of(examples: Examples, clips: IntArray) -> tuple[str, ...]:
    """The labels that occur among some clips, in the order of the examples'."""
    present = set(examples.truth[clips].tolist())
    return tuple(label for n, label in enumerate(examples.labels) if n in present)


def folds_inside(folds: Sequence[Fold], clips: IntArray) -> tuple[Fold, ...]:
    """Folds restricted to some sorted clips, in positions among them; empty ones are dropped.

    >>> whole = Fold("1", np.array([0, 1, 4]), np.array([2, 3]))
    >>> folds_inside([whole], np.array([1, 3]))[0].test.tolist()
    [1]
    """
    inside = [
        Fold(fold.name, _places(fold.train, clips), _places(fold.test, clips)) for fold in folds
    ]
    return tuple(fold for fold in inside if len(fold.train) and len(fold.test))


def narrowed(said: Predictions, labels: Sequence[str]) -> Predictions:
    """Clips of some labels, answered among those alone: the others' probabilities are left out.

    >>> said = Predictions(("calm", "happy", "sad"), np.array([2, 0]),
    ...                    np.array([[0.6, 0.1, 0.3], [1.0, 0.0, 0.0]]), ("a", "b"), (None, None))
    >>> narrowed(said, ["happy", "sad"]).probabilities.round(2).tolist()
    [[0.25, 0.75]]
    """
    columns = np.array([said.labels.index(label) for label in labels])
    clips = np.flatnonzero(np.isin(said.truth, columns))
    kept = said.take(clips)
    shares = np.maximum(kept.probabilities[:, columns], LEAST_SHARE)
    place = {column: n for n, column in enumerate(columns.tolist())}
    return replace(
        kept,
        labels=tuple(labels),
        truth=np.array([place[label] for label in kept.truth.tolist()], dtype=np.intp),
        probabilities=shares / shares.sum(axis=1, keepdims=True),
    )


def _places(part: IntArray, clips: IntArray) -> IntArray:
    return np.flatnonzero(np.isin(clips, part))
