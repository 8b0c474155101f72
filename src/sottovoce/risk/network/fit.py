"""Fitting: class weights, early stopping on people held back, one model for each seed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.batches import Inputs, Shape, norms_of
from sottovoce.risk.network.build import LEVELS, build
from sottovoce.risk.network.options import NetOptions

HELD_BACK = 0.2  # of the people, to know when to stop
NO_SCORE = -1
LEAST_SD = 1e-3  # of logits: below that a network says the same of everyone


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Of each person: ``cases`` float32 [people] of 0 and 1, ``phq8`` int [people] (-1: none)."""

    cases: FloatArray
    phq8: np.ndarray

    def __len__(self) -> int:
        return len(self.cases)

    def take(self, places: np.ndarray) -> "Labels":
        """Those of some people."""
        return Labels(self.cases[places], self.phq8[places])


def fit(inputs: Inputs, labels: Labels, shape: Shape, options: NetOptions, seed: int) -> Any:
    """A fitted Keras model; the same seed gives the same model on the same machine."""
    keras = open_keras()
    keras.utils.set_random_seed(seed)
    learnt, watched = held_back(labels.cases, seed)
    network = build(options, shape, norms_of(taken(inputs, learnt)))
    network.compile(
        optimizer=keras.optimizers.AdamW(options.learning_rate, weight_decay=options.weight_decay),
        loss={name: keras.losses.BinaryCrossentropy(from_logits=True) for name in outputs(options)},
        loss_weights=outputs(options),
    )
    given = named(network, inputs)
    network.fit(
        taken(given, learnt),
        targets(labels.take(learnt), options),
        sample_weight=weights(labels.take(learnt), options),
        validation_data=(
            taken(given, watched),
            targets(labels.take(watched), options),
            weights(labels.take(watched), options),
        ),
        epochs=options.epochs,
        batch_size=options.batch_people,
        callbacks=[
            keras.callbacks.EarlyStopping(
                monitor="val_loss", patience=options.patience, restore_best_weights=True
            )
        ],
        verbose=0,
    )
    return levelled(network, inputs)


def levelled(network: Any, inputs: Inputs) -> Any:
    """The same network with its logits moved to mean 0 and deviation 1 over the people it learned.

    So those of several networks, of other seeds or folds, can be compared and averaged.
    """
    said = logits(network, inputs)
    deviation = max(float(said.std()), LEAST_SD)
    last = network.get_layer("logit")
    kernel, bias = last.get_weights()
    last.set_weights([kernel / deviation, (bias - said.mean()) / deviation])
    return network


def logits(network: Any, inputs: Inputs) -> np.ndarray:
    """What a network says of people, float64 [people]."""
    said = network.predict(named(network, inputs), verbose=0, batch_size=256)
    return np.asarray(said["logit"], dtype=np.float64)[:, 0]


def outputs(options: NetOptions) -> dict[str, float]:
    """The network's outputs with how much each counts."""
    return {"logit": 1.0} | ({"levels": options.levels_weight} if options.levels_weight else {})


def held_back(cases: FloatArray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Places of people to learn from and of those to watch, cases and others alike; each sorted.

    >>> [len(part) for part in held_back(np.float32([0, 1] * 10), 0)]
    [16, 4]
    """
    random = np.random.default_rng(seed)
    watched = []
    for kind in (0.0, 1.0):
        places = random.permutation(np.flatnonzero(cases == kind))
        watched += places[: max(1, round(HELD_BACK * len(places)))].tolist()
    return np.setdiff1d(np.arange(len(cases)), watched), np.sort(watched)


def taken(inputs: Inputs, places: np.ndarray) -> Inputs:
    """The arrays of some people."""
    return {name: values[places] for name, values in inputs.items()}


def named(network: Any, inputs: Inputs) -> Inputs:
    """Those of the arrays that a network takes."""
    wanted = {entry.name for entry in network.inputs}
    return {name: values for name, values in inputs.items() if name in wanted}


def targets(labels: Labels, options: NetOptions) -> dict[str, FloatArray]:
    """What each output should say."""
    reached = labels.phq8[:, None] >= np.array(LEVELS)[None]
    both = {"logit": labels.cases[:, None], "levels": reached.astype(np.float32)}
    return {name: both[name] for name in outputs(options)}


def weights(labels: Labels, options: NetOptions) -> dict[str, FloatArray]:
    """How much each person counts: both classes the same; nothing where the score is not known."""
    share = np.clip(labels.cases.mean(), 0.05, 0.95)
    of_class = np.where(labels.cases > 0, 0.5 / share, 0.5 / (1 - share)).astype(np.float32)
    scored = (labels.phq8 != NO_SCORE).astype(np.float32)
    both = {"logit": of_class, "levels": of_class * scored}
    return {name: both[name] for name in outputs(options)}
