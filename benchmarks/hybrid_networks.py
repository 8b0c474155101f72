"""The networks of ``benchmarks/hybrid.py``: one for each test fold, way and seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from hybrid_encoders import Said, views
from hybrid_heard import HOP, STORE, Corpus, Stretches

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk import network as of_risk
from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.batches import Inputs, Shape, batch, norms_of, shape_of
from sottovoce.risk.network.build import make_inputs, trunk
from sottovoce.risk.network.fit import named, taken
from sottovoce.risk.network.options import NetOptions
from sottovoce.training.store import Arrays, fit_key


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A test fold as arrays.

    ``inputs`` are all clips, each of a learning fold as an encoder heard it that knew neither this
    fold nor the tested one; ``tested`` the clips to judge, once by each of those encoders.
    """

    fold: int
    inputs: Inputs
    tested: tuple[Inputs, ...]
    shape: Shape


def part_of(corpus: Corpus, heard: Stretches, said: Said, fold: int, most: int) -> Part:
    """The arrays of one test fold, of at most so many stretches a clip."""
    seen = views(said, corpus.fold_of[heard.clip_of], fold)
    own = [seen[next(out for out in seen if other in out)] for other in corpus.fold_of.tolist()]
    people = [sequence(heard, clip, own[clip]) for clip in range(len(own))]
    shape = shape_of(people[0], most)
    judged = np.flatnonzero(corpus.fold_of == fold)
    tested = tuple(
        batch([sequence(heard, clip, view) for clip in judged], shape) for view in seen.values()
    )
    return Part(fold, batch(people, shape), tested, shape)


def sequence(heard: Stretches, clip: int, embedded: FloatArray) -> Heard:
    """One clip, with what an encoder says of its stretches."""
    segments = heard.segments[clip]
    return Heard(
        segments=segments,
        embeddings=embedded[heard.clip_of == clip],
        markers=np.full(13, np.nan, np.float32),
        starts_s=np.arange(len(segments)) * HOP / SAMPLE_RATE_HZ,
        snr_db=np.array([np.nan]),
    )


def fitted(part: Part, corpus: Corpus, options: NetOptions, seed: int, watched: int) -> Any:
    """A network fitted on four of the five learning folds; the fifth says when to stop."""
    keras = open_keras()
    keras.utils.set_random_seed(seed * len(corpus.folds) + watched)
    learnt = np.flatnonzero(~np.isin(corpus.fold_of, (part.fold, watched)))
    watch = np.flatnonzero(corpus.fold_of == watched)
    network = labelled(part, options, learnt, len(corpus.labels))
    given = named(network, part.inputs)
    stop = keras.callbacks.EarlyStopping(patience=options.patience, restore_best_weights=True)
    weights = evenly_weighted(corpus.truth)
    network.fit(
        taken(given, learnt),
        corpus.truth[learnt],
        sample_weight=weights[learnt],
        validation_data=(taken(given, watch), corpus.truth[watch], weights[watch]),
        epochs=options.epochs,
        batch_size=options.batch_people,
        callbacks=[stop],
        verbose=0,
    )
    return network


def labelled(part: Part, options: NetOptions, learnt: np.ndarray, labels: int) -> Any:
    """The network of the risk wing with a head of several labels."""
    keras = open_keras()
    inputs = make_inputs(part.shape)
    head = trunk(inputs, options, norms_of(taken(part.inputs, learnt)), part.shape)
    network = keras.Model(inputs, keras.layers.Dense(labels)(head))
    network.compile(
        keras.optimizers.AdamW(options.learning_rate, weight_decay=options.weight_decay),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return network


def evenly_weighted(truth: np.ndarray) -> FloatArray:
    """How much each clip counts, so that all labels count the same; mean 1.

    >>> evenly_weighted(np.array([0, 0, 0, 1])).round(2).tolist()
    [0.67, 0.67, 0.67, 2.0]
    """
    counts = np.bincount(truth)
    return np.asarray(len(truth) / len(counts) / counts[truth], dtype=np.float32)


def scores(network: Any, inputs: Inputs) -> np.ndarray:
    """Logarithms of what a network gives each label, float64 [clips, labels]."""
    logits = network.predict(named(network, inputs), verbose=0, batch_size=512).astype(np.float64)
    return np.asarray(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


def judged(
    parts: Sequence[Part], corpus: Corpus, options: NetOptions, seed: int
) -> dict[str, np.ndarray]:
    """Whether each clip got its label, bool [any, clips].

    ``together`` by what the network of its fold says of it as all its encoders hear it, averaged;
    ``one by one`` of each encoder by itself; ``watched`` by a network that it said when to stop,
    which is for choosing between designs.
    """
    right = {
        name: np.zeros((rows, len(corpus.truth)), bool)
        for name, rows in (("together", 1), ("one by one", len(parts[0].tested)), ("watched", 1))
    }
    for part in parts:
        watched = watching(corpus, part.fold, seed)
        said = kept(part, corpus, options, seed, watched)
        for name, fold, told in (
            ("together", part.fold, said["tested"].mean(axis=0, keepdims=True)),
            ("one by one", part.fold, said["tested"]),
            ("watched", watched, said["watched"][None]),
        ):
            clips = corpus.fold_of == fold
            right[name][:, clips] = told.argmax(axis=2) == corpus.truth[clips]
    return right


def watching(corpus: Corpus, fold: int, seed: int) -> int:
    """The fold that says when the network of a test fold stops, another with another seed."""
    others = [other for other in corpus.folds if other != fold]
    return others[(corpus.folds.index(fold) + seed) % len(others)]


def kept(part: Part, corpus: Corpus, options: NetOptions, seed: int, watched: int) -> Arrays:
    """What a network says of its tested and its watched clips; kept, as a run is long."""
    used = (*options.modalities, "mask", "present")
    heard = [inputs[name] for inputs in (part.inputs, *part.tested) for name in used]
    told = f"{options}|{seed}|{part.fold}|{watched}|{code()}"

    def made() -> Arrays:
        network = fitted(part, corpus, options, seed, watched)
        watch = taken(part.inputs, np.flatnonzero(corpus.fold_of == watched))
        tested = np.stack([scores(network, view) for view in part.tested])
        return {"tested": tested, "watched": scores(network, watch)}

    return STORE.kept(fit_key(told, corpus.truth, corpus.fold_of, *heard), made)


def code() -> str:
    """SHA-256 of the code that builds and fits: what older networks said is not used."""
    files = [*sorted(Path(of_risk.__path__[0]).glob("*.py")), Path(__file__)]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
