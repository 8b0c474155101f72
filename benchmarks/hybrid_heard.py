"""RAVDESS for ``benchmarks/hybrid.py``: clips cut into stretches, each described and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from machine import data_folder

from sottovoce.analysis.listening import Described
from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.descriptors import describe
from sottovoce.risk.features.described import find_set
from sottovoce.runtime import file_sha256
from sottovoce.speech import find_windows
from sottovoce.training.describing import code_digest
from sottovoce.training.folds import Fold, table_folds
from sottovoce.training.images import images_of
from sottovoce.training.leaks import require_disjoint
from sottovoce.training.manifest import Clip, read_manifest
from sottovoce.training.net.examples import NetExamples, net_examples
from sottovoce.training.store import Arrays, FitStore

STORE = FitStore(Path(__file__).parent.parent / ".cache" / "hybrid")
STRETCH = SAMPLE_RATE_HZ
HOP = STRETCH // 2
SHORTEST = STRETCH // 4


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The clips with what is asked of them.

    ``truth``, ``actors`` and ``fold_of`` int [clips]: its label, its voice, the fold it is tested
    in.
    """

    clips: tuple[Clip, ...]
    labels: tuple[str, ...]
    truth: np.ndarray
    actors: np.ndarray
    fold_of: np.ndarray

    @property
    def folds(self) -> tuple[int, ...]:
        """The folds in order."""
        return tuple(np.unique(self.fold_of).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Each clip as a sequence: ``segments`` are its descriptors, ``clip_of`` int [stretches]."""

    segments: tuple[FloatArray, ...]
    examples: NetExamples
    clip_of: np.ndarray


def read_corpus() -> Corpus:
    """RAVDESS on the six folds of EmoBox; refused if a voice were on both sides of one."""
    ravdess = data_folder() / "ravdess"
    clips = read_manifest(ravdess / "labels.csv").clips
    folds = table_folds(clips, ravdess / "folds_emobox.csv")
    for fold in folds:
        require_disjoint([clips[row] for row in fold.train], [clips[row] for row in fold.test], {})
    labels = tuple(sorted({clip.emotion for clip in clips}))
    truth = np.array([labels.index(clip.emotion) for clip in clips])
    _, actors = np.unique([clip.speaker for clip in clips], return_inverse=True)
    return Corpus(tuple(clips), labels, truth, actors, tested_in(folds, len(clips)))


def tested_in(folds: Sequence[Fold], clips: int) -> np.ndarray:
    """The place of the fold that each clip is tested in, int [clips]."""
    fold_of = np.full(clips, -1)
    for place, fold in enumerate(folds):
        fold_of[fold.test] = place
    return fold_of


def cut(corpus: Corpus) -> Stretches:
    """Hear all clips."""
    with Decoder() as decoder:
        pieces = [stretches(decoder.decode(clip.path).samples) for clip in corpus.clips]
    segments = tuple(described(clip, own) for clip, own in zip(corpus.clips, pieces, strict=True))
    clip_of = np.repeat(np.arange(len(pieces)), [len(own) for own in pieces])
    images = images_of(piece for own in pieces for piece in own)
    return Stretches(segments, net_examples(images, corpus.clips, clip_of, corpus.labels), clip_of)


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
