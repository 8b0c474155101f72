"""Emotion from RAVDESS: does the hybrid hear more than either of its halves alone?

``python benchmarks/hybrid.py [seeds]`` cuts each clip into stretches of a second and gives them to
the network of the risk wing, with a head of eight labels: descriptors alone, embeddings alone, both
fused. All three are fitted the same way, on the six speaker-disjoint folds of EmoBox. The exit code
is the number of halves that the hybrid is not ahead of.

The embeddings are those of small encoders of our own (``hybrid_encoders.py``): no weights of a
large model are at hand here. What a network learns from and what it is tested on were both heard by
encoders to which those actors were strangers. Each tested clip is heard by three of those: "one by
one" judges it by each alone, "together" by the mean of what is said of all three, as the exit code
does. "Watched" are the clips that say when to stop; designs were compared by them.
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from hybrid_encoders import encode
from hybrid_heard import Corpus, cut, read_corpus
from hybrid_networks import Part, judged, part_of
from machine import machine

from sottovoce.risk.network.options import EMBEDDINGS, SEGMENTS, NetOptions
from sottovoce.training.intervals import DRAWS, LEVEL

BOTH = NetOptions(
    fusion="concat",
    modalities=(SEGMENTS, EMBEDDINGS),
    width=64,
    dropout=0.5,
    most_segments=8,
    learning_rate=1e-3,
    weight_decay=1.0,
    epochs=60,
    patience=10,
    batch_people=64,
)
HYBRID = "hybrid"
WAYS = {
    "descriptors alone": replace(BOTH, modalities=(SEGMENTS,)),
    "embeddings alone": replace(BOTH, modalities=(EMBEDDINGS,)),
    HYBRID: BOTH,
}


def main(seeds: int = 3) -> int:
    """Print the recall of each way and what the hybrid gains; of how many halves it is behind."""
    print(machine())
    begin_s = time.process_time()
    corpus = read_corpus()
    heard = cut(corpus)
    print(f"{len(heard.clip_of)} stretches, {time.process_time() - begin_s:.0f} s", flush=True)
    said = encode(corpus, heard)
    print(f"encoders fitted, {time.process_time() - begin_s:.0f} s", flush=True)
    parts = [part_of(corpus, heard, said, fold, BOTH.most_segments) for fold in corpus.folds]
    right = {way: all_judged(parts, corpus, options, seeds) for way, options in WAYS.items()}
    print(f"{time.process_time() - begin_s:.0f} s of processor time in all")
    behind = 0
    for kind in ("watched", "one by one", "together"):
        print(f"{kind}:")
        behind = told(corpus, {way: found[kind] for way, found in right.items()})
    return behind


def all_judged(
    parts: Sequence[Part], corpus: Corpus, options: NetOptions, seeds: int
) -> dict[str, np.ndarray]:
    """One way with each seed, one below the other."""
    found = [judged(parts, corpus, options, seed) for seed in range(seeds)]
    return {kind: np.concatenate([of_seed[kind] for of_seed in found]) for kind in found[0]}


def recall(truth: np.ndarray, right: np.ndarray) -> float:
    """Unweighted average recall of the labels, in percent."""
    return 100 * float(np.mean([right[truth == label].mean() for label in np.unique(truth)]))


def points(truth: np.ndarray, one: np.ndarray, other: np.ndarray) -> float:
    """How many points of recall one way lies ahead of another, mean over seeds."""
    pairs = zip(one, other, strict=True)
    return float(np.mean([recall(truth, first) - recall(truth, second) for first, second in pairs]))


def ahead(corpus: Corpus, one: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """The same with its range over other actors."""
    truth = corpus.truth
    clips_of = [np.flatnonzero(corpus.actors == actor) for actor in np.unique(corpus.actors)]
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        chosen = random.integers(len(clips_of), size=len(clips_of))
        rows = np.concatenate([clips_of[place] for place in chosen])
        drawn.append(points(truth[rows], one[:, rows], other[:, rows]))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return points(truth, one, other), float(low), float(high)


def told(corpus: Corpus, right: Mapping[str, np.ndarray]) -> int:
    """Print each way, and how far the hybrid is ahead; of how many halves it is not."""
    for name, found in right.items():
        each = [recall(corpus.truth, one) for one in found]
        deviation = np.std(each, ddof=1) if len(each) > 1 else 0.0
        print(f"  {name:<20} UA {np.mean(each):.1f} +- {deviation:.1f}, {len(each)} times")
    behind = 0
    for name in (half for half in right if half != HYBRID):
        by, low, high = ahead(corpus, right[HYBRID], right[name])
        verdict = "ahead" if low > 0 else "ahead, not surely" if by > 0 else "NOT ahead"
        behind += by <= 0
        print(f"  hybrid less {name:<18} {by:+.1f} points ({low:+.1f} to {high:+.1f})  {verdict}")
    return behind


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
