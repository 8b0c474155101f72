"""Emotion from RAVDESS: does the hybrid hear more than either of its halves alone?

``python benchmarks/hybrid.py [seeds]`` cuts each clip into stretches of a second and gives them to
the network of the risk wing, with a head of eight labels: descriptors alone, embeddings alone, both
fused. All three are fitted the same way, on the six speaker-disjoint folds of EmoBox.

The embeddings are those of an encoder that was fitted here on nEMO, Polish speech of nine people:
no weights of a large model are at hand, and the embedded model has heard every voice of RAVDESS.
"""

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from machine import data_folder, machine

from sottovoce.analysis.listening import Described
from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.descriptors import describe
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.batches import Inputs, Shape, batch, norms_of, shape_of
from sottovoce.risk.network.build import make_inputs, trunk
from sottovoce.risk.network.fit import named, taken
from sottovoce.risk.network.options import EMBEDDINGS, SEGMENTS, NetOptions
from sottovoce.runtime import file_sha256
from sottovoce.speech import find_windows
from sottovoce.training.describing import code_digest
from sottovoce.training.folds import Fold, table_folds
from sottovoce.training.images import images_of
from sottovoce.training.intervals import DRAWS, LEVEL
from sottovoce.training.leaks import require_disjoint
from sottovoce.training.manifest import Clip, read_manifest
from sottovoce.training.net.examples import net_examples
from sottovoce.training.net.fit import FittedNet
from sottovoce.training.net.options import NetOptions as EncoderOptions
from sottovoce.training.net.store import kept_net
from sottovoce.training.store import Arrays, FitStore

STORE = FitStore(Path(__file__).parent.parent / ".cache" / "hybrid")
STRETCH = SAMPLE_RATE_HZ
HOP = STRETCH // 2
SHORTEST = STRETCH // 4
ENCODER = EncoderOptions(epochs=20, crop_frames=96)
ENCODER_SEED = 0
BOTH = NetOptions(
    modalities=(SEGMENTS, EMBEDDINGS),
    width=64,
    dropout=0.3,
    most_segments=8,
    learning_rate=3e-3,
    epochs=40,
    patience=8,
    batch_people=64,
)
WAYS = {
    "descriptors alone": replace(BOTH, modalities=(SEGMENTS,)),
    "embeddings alone": replace(BOTH, modalities=(EMBEDDINGS,)),
    "hybrid": BOTH,
}
WATCHED_ACTORS = 4  # of the twenty, to know when to stop


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """``truth`` int [clips], places of the labels; ``actors`` int [clips]."""

    inputs: Inputs
    shape: Shape
    truth: np.ndarray
    actors: np.ndarray
    labels: tuple[str, ...]


def stretches(samples: FloatArray) -> list[FloatArray]:
    """Speech in pieces of a second, half of it anew each time; what is left over is one more."""
    found = []
    for window in find_windows(samples):
        ends = range(STRETCH, len(window.samples) + HOP, HOP)
        pieces = [window.samples[end - STRETCH : end] for end in ends] or [window.samples]
        found += [piece for piece in pieces if len(piece) >= SHORTEST]
    return found or [samples[:STRETCH]]


def encoder(decoder: Decoder) -> FittedNet:
    """A network that learned to hear emotion in nEMO, and nothing of RAVDESS."""
    clips = read_manifest(data_folder() / "nemo" / "labels.csv").clips
    sounds = [decoder.decode(clip.path).samples for clip in clips]
    windows = [find_windows(sound) for sound in sounds]
    clip_of = np.array([place for place, own in enumerate(windows) for _ in own])
    images = images_of(window.samples for own in windows for window in own)
    labels = sorted({clip.emotion for clip in clips})
    return kept_net(
        STORE, net_examples(images, clips, clip_of, labels), ENCODER, ENCODER_SEED, None
    )


def heard(clip: Clip, decoder: Decoder, listening: FittedNet, encoder_digest: str) -> Heard:
    """A clip as a sequence; kept by its bytes, the code that describes and the encoder."""

    def make() -> Arrays:
        pieces = stretches(decoder.decode(clip.path).samples)
        own = find_set("own")
        return Heard(
            segments=np.stack([own.describe(Described(one, describe(one))) for one in pieces]),
            embeddings=listening.embeddings(images_of(pieces)),
            markers=np.full(13, np.nan, np.float32),
            starts_s=np.arange(len(pieces)) * HOP / SAMPLE_RATE_HZ,
            snr_db=np.array([np.nan]),
        ).arrays()

    parts = ("hybrid 1", file_sha256(clip.path), code_digest(), encoder_digest)
    return Heard(**STORE.kept(sha256("\0".join(parts).encode()).hexdigest(), make))


def task_of(clips: Sequence[Clip]) -> Task:
    with Decoder() as decoder:
        listening = encoder(decoder)
        weights = [value.numpy().tobytes() for value in listening.net.state_dict().values()]
        digest = sha256(b"".join(weights)).hexdigest()
        people = [heard(clip, decoder, listening, digest) for clip in clips]
    shape = shape_of(people[0], BOTH.most_segments)
    labels = tuple(sorted({clip.emotion for clip in clips}))
    truth = np.array([labels.index(clip.emotion) for clip in clips])
    _, actors = np.unique([clip.speaker for clip in clips], return_inverse=True)
    return Task(batch(people, shape), shape, truth, actors, labels)


def said(task: Task, fold: Fold, options: NetOptions, seed: int) -> np.ndarray:
    """The label that a network fitted on a fold's actors gives each clip of its test part."""
    keras = open_keras()
    keras.utils.set_random_seed(seed)
    watched = np.random.default_rng(seed).choice(
        np.unique(task.actors[fold.train]), WATCHED_ACTORS, replace=False
    )
    aside = np.isin(task.actors[fold.train], watched)
    learnt, stopping = fold.train[~aside], fold.train[aside]
    inputs = make_inputs(task.shape)
    head = trunk(inputs, options, norms_of(taken(task.inputs, learnt)), task.shape)
    network = keras.Model(inputs, keras.layers.Dense(len(task.labels))(head))
    network.compile(
        keras.optimizers.AdamW(options.learning_rate, weight_decay=options.weight_decay),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    given = named(network, task.inputs)
    stop = keras.callbacks.EarlyStopping(patience=options.patience, restore_best_weights=True)
    network.fit(
        taken(given, learnt),
        task.truth[learnt],
        validation_data=(taken(given, stopping), task.truth[stopping]),
        epochs=options.epochs,
        batch_size=options.batch_people,
        callbacks=[stop],
        verbose=0,
    )
    found = network.predict(taken(given, fold.test), verbose=0, batch_size=512)
    return np.asarray(found.argmax(axis=1))


def judged(task: Task, folds: Sequence[Fold], options: NetOptions, seed: int) -> np.ndarray:
    """Whether each clip got its label from a network that had not heard the actor, bool [clips]."""
    right = np.zeros(len(task.truth), bool)
    for fold in folds:
        right[fold.test] = said(task, fold, options, seed) == task.truth[fold.test]
    return right


def recall(task: Task, right: np.ndarray) -> float:
    """Unweighted average recall of the labels, in percent."""
    return 100 * float(np.mean([right[task.truth == label].mean() for label in set(task.truth)]))


def ahead(task: Task, one: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """How many points the seeds' mean recall lies ahead, with its range over other actors."""

    def points(rows: np.ndarray) -> float:
        of = replace(task, truth=task.truth[rows])
        pairs = zip(one[:, rows], other[:, rows], strict=True)
        return float(np.mean([recall(of, first) - recall(of, second) for first, second in pairs]))

    random, clips = (
        np.random.default_rng(0),
        [np.flatnonzero(task.actors == actor) for actor in np.unique(task.actors)],
    )
    drawn = [
        points(
            np.concatenate([clips[place] for place in random.integers(len(clips), size=len(clips))])
        )
        for _ in range(DRAWS)
    ]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return points(np.arange(len(task.truth))), float(low), float(high)


def main(seeds: int = 3) -> int:
    print(machine())
    ravdess = data_folder() / "ravdess"
    clips = read_manifest(ravdess / "labels.csv").clips
    folds = table_folds(clips, ravdess / "folds_emobox.csv")
    for fold in folds:
        require_disjoint([clips[row] for row in fold.train], [clips[row] for row in fold.test], {})
    begin_s = time.process_time()
    task = task_of(clips)
    print(f"heard in {time.process_time() - begin_s:.0f} s of CPU; {len(clips)} clips")
    right = {}
    for name, options in WAYS.items():
        right[name] = np.stack([judged(task, folds, options, seed) for seed in range(seeds)])
        of_seeds = [recall(task, one) for one in right[name]]
        deviation = np.std(of_seeds, ddof=1) if seeds > 1 else 0.0
        print(
            f"{name:<20} UA {np.mean(of_seeds):.1f} +- {deviation:.1f} over {seeds} seeds",
            flush=True,
        )
    print(f"{time.process_time() - begin_s:.0f} s of CPU in all")
    return compared(task, right)


def compared(task: Task, right: dict[str, np.ndarray]) -> int:
    """Print how far the hybrid is ahead of either half; how many it is not ahead of."""
    behind = 0
    for name in list(WAYS)[:-1]:
        points, low, high = ahead(task, right["hybrid"], right[name])
        verdict = "ahead" if low > 0 else "ahead, not surely" if points > 0 else "NOT ahead"
        behind += points <= 0
        print(f"hybrid less {name:<18} {points:+.1f} points ({low:+.1f} to {high:+.1f})  {verdict}")
    return behind


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
