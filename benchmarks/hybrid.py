"""Emotion from RAVDESS: does the hybrid hear more than either of its halves alone?

``python benchmarks/hybrid.py [seeds]`` cuts each clip into stretches of a second and gives them to
the network of the risk wing, with a head of eight labels: descriptors alone, embeddings alone, both
fused. All three are fitted the same way, on the six speaker-disjoint folds of EmoBox.

The embeddings are those of a small encoder of our own. Each fold has its own, fitted on the sixteen
actors that its networks learn from: neither those it is tested on nor those that say when to stop
were ever heard by it. No weights of a large model are at hand here.
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
from sottovoce.training.net.examples import NetExamples, net_examples
from sottovoce.training.net.options import NetOptions as EncoderOptions
from sottovoce.training.net.store import kept_net, net_key
from sottovoce.training.store import Arrays, FitStore

STORE = FitStore(Path(__file__).parent.parent / ".cache" / "hybrid")
STRETCH = SAMPLE_RATE_HZ
HOP = STRETCH // 2
SHORTEST = STRETCH // 4
ENCODER = EncoderOptions(width=8, hidden=96, embedding=64, blocks=2, crop_frames=64, epochs=6)
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
class Stretches:
    """Each clip as a sequence: ``segments`` are its descriptors, ``clip_of`` int [stretches]."""

    segments: tuple[FloatArray, ...]
    examples: NetExamples
    clip_of: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A fold with the actors to stop by set aside, and what is heard by the fold's own encoder."""

    learnt: np.ndarray
    watched: np.ndarray
    tested: np.ndarray
    inputs: Inputs
    shape: Shape


def stretches(samples: FloatArray) -> list[FloatArray]:
    """Speech in pieces of a second, half of it anew each time."""
    found = []
    for window in find_windows(samples):
        ends = range(STRETCH, len(window.samples) + HOP, HOP)
        pieces = [window.samples[end - STRETCH : end] for end in ends] or [window.samples]
        found += [piece for piece in pieces if len(piece) >= SHORTEST]
    return found or [samples[:STRETCH]]


def described(clip: Clip, pieces: Sequence[FloatArray]) -> FloatArray:
    """Descriptors of each stretch; kept by the clip's bytes and the code that describes."""

    def make() -> Arrays:
        own = find_set("own")
        return {"segments": np.stack([own.describe(Described(x, describe(x))) for x in pieces])}

    key = "\0".join(("hybrid", str(STRETCH), str(HOP), file_sha256(clip.path), code_digest()))
    return np.asarray(STORE.kept(sha256(key.encode()).hexdigest(), make)["segments"])


def cut(clips: Sequence[Clip], labels: Sequence[str]) -> Stretches:
    with Decoder() as decoder:
        pieces = [stretches(decoder.decode(clip.path).samples) for clip in clips]
    segments = tuple(described(clip, own) for clip, own in zip(clips, pieces, strict=True))
    clip_of = np.repeat(np.arange(len(clips)), [len(own) for own in pieces])
    images = images_of(piece for own in pieces for piece in own)
    return Stretches(segments, net_examples(images, clips, clip_of, labels), clip_of)


def part_of(fold: Fold, actors: np.ndarray, heard: Stretches) -> Part:
    """A fold, heard by an encoder that was fitted on the actors it learns from."""
    own = np.unique(actors[fold.train])
    aside = np.random.default_rng(int(fold.name)).choice(own, WATCHED_ACTORS, replace=False)
    stopping = np.isin(actors[fold.train], aside)
    learnt = fold.train[~stopping]
    embedded = embeddings(heard, np.flatnonzero(np.isin(heard.clip_of, learnt)))
    people = [
        sequence(segments, embedded[heard.clip_of == place])
        for place, segments in enumerate(heard.segments)
    ]
    shape = shape_of(people[0], BOTH.most_segments)
    return Part(learnt, fold.train[stopping], fold.test, batch(people, shape), shape)


def embeddings(heard: Stretches, learnt: np.ndarray) -> FloatArray:
    """What an encoder fitted on some stretches says of all of them, float32 [stretches, 64]."""
    some = heard.examples.only(learnt)
    encoder = kept_net(STORE, some, ENCODER, 0, None)
    key = sha256(f"embeddings {net_key(some, ENCODER, 0, None)}".encode()).hexdigest()
    return np.asarray(
        STORE.kept(key, lambda: {"all": encoder.embeddings(heard.examples.images)})["all"]
    )


def sequence(segments: FloatArray, embedded: FloatArray) -> Heard:
    return Heard(
        segments=segments,
        embeddings=embedded,
        markers=np.full(13, np.nan, np.float32),
        starts_s=np.arange(len(segments)) * HOP / SAMPLE_RATE_HZ,
        snr_db=np.array([np.nan]),
    )


def said(part: Part, truth: np.ndarray, options: NetOptions, seed: int) -> np.ndarray:
    """The label that a network gives each clip of the part it is tested on."""
    keras = open_keras()
    keras.utils.set_random_seed(seed)
    inputs = make_inputs(part.shape)
    head = trunk(inputs, options, norms_of(taken(part.inputs, part.learnt)), part.shape)
    network = keras.Model(inputs, keras.layers.Dense(len(set(truth)))(head))
    network.compile(
        keras.optimizers.AdamW(options.learning_rate, weight_decay=options.weight_decay),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    given = named(network, part.inputs)
    stop = keras.callbacks.EarlyStopping(patience=options.patience, restore_best_weights=True)
    network.fit(
        taken(given, part.learnt),
        truth[part.learnt],
        validation_data=(taken(given, part.watched), truth[part.watched]),
        epochs=options.epochs,
        batch_size=options.batch_people,
        callbacks=[stop],
        verbose=0,
    )
    found = network.predict(taken(given, part.tested), verbose=0, batch_size=512)
    return np.asarray(found.argmax(axis=1))


def judged(parts: Sequence[Part], truth: np.ndarray, options: NetOptions, seed: int) -> np.ndarray:
    """Whether each clip got its label from a network that had not heard the actor, bool [clips]."""
    right = np.zeros(len(truth), bool)
    for part in parts:
        right[part.tested] = said(part, truth, options, seed) == truth[part.tested]
    return right


def recall(truth: np.ndarray, right: np.ndarray) -> float:
    """Unweighted average recall of the labels, in percent."""
    return 100 * float(np.mean([right[truth == label].mean() for label in np.unique(truth)]))


def points(truth: np.ndarray, one: np.ndarray, other: np.ndarray) -> float:
    """How many points of recall one way lies ahead of another, mean over seeds."""
    pairs = zip(one, other, strict=True)
    return float(np.mean([recall(truth, first) - recall(truth, second) for first, second in pairs]))


def ahead(
    truth: np.ndarray, actors: np.ndarray, one: np.ndarray, other: np.ndarray
) -> tuple[float, float, float]:
    """The same with its range over other actors."""
    clips_of = [np.flatnonzero(actors == actor) for actor in np.unique(actors)]
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        chosen = random.integers(len(clips_of), size=len(clips_of))
        rows = np.concatenate([clips_of[place] for place in chosen])
        drawn.append(points(truth[rows], one[:, rows], other[:, rows]))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return points(truth, one, other), float(low), float(high)


def main(seeds: int = 3) -> int:
    print(machine())
    ravdess = data_folder() / "ravdess"
    clips = read_manifest(ravdess / "labels.csv").clips
    folds = table_folds(clips, ravdess / "folds_emobox.csv")
    for fold in folds:
        require_disjoint([clips[row] for row in fold.train], [clips[row] for row in fold.test], {})
    labels = sorted({clip.emotion for clip in clips})
    truth = np.array([labels.index(clip.emotion) for clip in clips])
    _, actors = np.unique([clip.speaker for clip in clips], return_inverse=True)
    begin_s = time.process_time()
    heard = cut(clips, labels)
    print(f"{len(heard.clip_of)} stretches, {time.process_time() - begin_s:.0f} s", flush=True)
    parts = [part_of(fold, actors, heard) for fold in folds]
    print(f"encoders fitted, {time.process_time() - begin_s:.0f} s", flush=True)
    right: dict[str, list[np.ndarray]] = {name: [] for name in WAYS}
    for seed in range(seeds):
        for name, options in WAYS.items():
            right[name].append(judged(parts, truth, options, seed))
            print(f"seed {seed}, {name}: UA {recall(truth, right[name][-1]):.1f}", flush=True)
    print(f"{time.process_time() - begin_s:.0f} s of processor time in all")
    return told(truth, actors, {name: np.stack(found) for name, found in right.items()})


def told(truth: np.ndarray, actors: np.ndarray, right: dict[str, np.ndarray]) -> int:
    """Print each way, and how far the hybrid is ahead; of how many halves it is not."""
    for name, found in right.items():
        of_seeds = [recall(truth, one) for one in found]
        deviation = np.std(of_seeds, ddof=1) if len(of_seeds) > 1 else 0.0
        print(f"{name:<20} UA {np.mean(of_seeds):.1f} +- {deviation:.1f}, {len(found)} seeds")
    behind = 0
    for name in list(WAYS)[:-1]:
        by, low, high = ahead(truth, actors, right["hybrid"], right[name])
        verdict = "ahead" if low > 0 else "ahead, not surely" if by > 0 else "NOT ahead"
        behind += by <= 0
        print(f"hybrid less {name:<18} {by:+.1f} points ({low:+.1f} to {high:+.1f})  {verdict}")
    return behind


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
