"""The embeddings of ``benchmarks/hybrid.py``: what encoders say of people strange to them.

An encoder says more of a clip that it was fitted on than it ever says of a new one, and a network
that learns from such embeddings trusts them too much. So what a network learns from is
out-of-fold as well (stacked generalisation: Wolpert 1992): for test fold t the clips of another
fold i are heard by an encoder that heard neither t nor i. Each of six encoders leaves out three
folds, so chosen that every two of the six are left out together by one of them.

Encoders do not speak one language: each is turned onto the first that leaves out the tested fold,
by the rotation that fits best over all clips but the tested ones (orthogonal Procrustes:
Schönemann 1966).
"""

from hashlib import sha256

import numpy as np
from hybrid_heard import STORE, Corpus, Stretches

from sottovoce.domain import FloatArray
from sottovoce.training.net.options import NetOptions
from sottovoce.training.net.store import kept_net, net_key

ENCODER = NetOptions(width=8, hidden=96, embedding=64, blocks=2, crop_frames=64, epochs=30)
LEFT_OUT = ((0, 1, 2), (0, 1, 3), (0, 4, 5), (1, 4, 5), (2, 3, 4), (2, 3, 5))
Said = dict[tuple[int, ...], FloatArray]


def encode(corpus: Corpus, heard: Stretches) -> Said:
    """By the folds left out: what that encoder says of all stretches, float32 [stretches, 64]."""
    fold_of = corpus.fold_of[heard.clip_of]
    return {
        folds: embeddings(heard, np.flatnonzero(~np.isin(fold_of, folds))) for folds in LEFT_OUT
    }


def embeddings(heard: Stretches, learnt: np.ndarray) -> FloatArray:
    """What an encoder fitted on some stretches says of all of them, float32 [stretches, 64]."""
    some = heard.examples.only(learnt)
    key = sha256(f"embeddings {net_key(some, ENCODER, 0, None)}".encode()).hexdigest()

    def made() -> dict[str, FloatArray]:
        encoder = kept_net(STORE, some, ENCODER, 0, None)
        return {"all": encoder.embeddings(heard.examples.images)}

    return np.asarray(STORE.kept(key, made)["all"])


def turned(one: FloatArray, onto: FloatArray, common: np.ndarray) -> FloatArray:
    """All that one encoder says in the directions of another, by some stretches.

    >>> one = np.float32([[0, 0], [2, 0], [0, 1]])
    >>> turned(one, one[:, ::-1] + 5, np.arange(3)).round().tolist()
    [[5.0, 5.0], [5.0, 7.0], [6.0, 5.0]]
    """
    centre, other = one[common].mean(axis=0), onto[common].mean(axis=0)
    left, _, right = np.linalg.svd((one[common] - centre).T @ (onto[common] - other))
    return np.asarray((one - centre) @ (left @ right) + other, dtype=np.float32)


def views(said: Said, fold_of: np.ndarray, tested: int) -> Said:
    """By the folds left out: all stretches as each encoder without ``tested`` says them."""
    strange = [folds for folds in said if tested in folds]
    common = np.flatnonzero(fold_of != tested)
    return {folds: turned(said[folds], said[strange[0]], common) for folds in strange}
