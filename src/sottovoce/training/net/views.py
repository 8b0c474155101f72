"""What the network sees of a batch: stretches cut, changed, brought to one level, and mixed."""

from dataclasses import dataclass, replace

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.net_input import STEP_FRAMES, BoolArray, scaled
from sottovoce.training.images import Cuts, Images, View, read, read_around
from sottovoce.training.net.augment import covers, hiss, noisy, tilted, warped
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.options import NetOptions
from sottovoce.training.predictions import IntArray

RECORDED = 0.6  # of the noises are recorded ones, the others hiss
TILT_KNOTS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Views of windows, those of one voice together, and what they are.

    ``target`` float32 [n, labels], each row summing to one; ``allowed`` bool [n, labels].
    """

    view: View
    target: FloatArray
    allowed: BoolArray


def batch_of(
    examples: NetExamples,
    windows: IntArray,
    noise: Images | None,
    options: NetOptions,
    random: np.random.Generator,
) -> Batch:
    """Cut, change and mix the windows of one batch.

    Parameters
    ----------
    examples
        All windows.
    windows
        Those of the batch, int [n], as :func:`sottovoce.training.net.batches.plan` gives them.
    noise
        Sounds that disturb, or None for hiss only.
    options
        Settings.
    random
        Of all that is drawn.
    """
    view = read(examples.images, random_cuts(examples.images, windows, options, random))
    allowed = examples.allowed[windows]
    target = soft_targets(examples.truth[windows], allowed, options.smoothing)
    return mixed(Batch(changed(view, noise, options, random), target, allowed), options, random)


def random_cuts(
    images: Images, windows: IntArray, options: NetOptions, random: np.random.Generator
) -> Cuts:
    """A stretch of each window at a speed of its own: all of it, or as much as a crop holds."""
    n, lengths = len(windows), images.lengths[windows]
    step = STEP_FRAMES * np.exp(random.uniform(-options.stretch, options.stretch, n))
    trim = np.minimum(options.trim_frames, lengths / 4) * random.uniform(0, 1, (2, n))
    spare = np.maximum(0, lengths - trim.sum(axis=0) - options.crop_frames * step)
    first = trim[0] + spare * random.uniform(0, 1, n)
    start, end, stride = np.asarray([first, lengths - trim[1], step], dtype=np.float32)
    return Cuts(windows, start, end, stride, options.crop_frames)


def changed(
    view: View, noise: Images | None, options: NetOptions, random: np.random.Generator
) -> View:
    """The view of another throat in another place, at the level at which the product hears it."""
    n = len(view.mel)
    view = warped(view, random.uniform(-options.warp, options.warp, n))
    view = disturbed(view, noise, options, random)
    view = tilted(view, random.normal(0, options.tilt, (n, TILT_KNOTS)))
    mel, alike = scaled(view.mel, view.alike, view.heard)
    mel[covers(mel.shape, options.masked_bands, options.masked_frames, random)] = 0
    return View(mel, alike, view.heard)


def disturbed(
    view: View, noise: Images | None, options: NetOptions, random: np.random.Generator
) -> View:
    """Add noise to a random part of the views."""
    some = np.flatnonzero(random.random(len(view.mel)) < options.noise)
    part = View(view.mel[some], view.alike[some], view.heard[some])
    sounds = noises(part.mel, noise, random)
    part = noisy(part, sounds, random.uniform(*options.noise_snr_db, len(some)))
    mel, alike = view.mel.copy(), view.alike.copy()
    mel[some], alike[some] = part.mel, part.alike
    return replace(view, mel=mel, alike=alike)


def noises(like: FloatArray, noise: Images | None, random: np.random.Generator) -> FloatArray:
    """A mel image of noise for each view, of the same shape: hiss, or a stretch of a recording."""
    sounds = hiss(like, random)
    if noise is None:
        return sounds
    recorded = np.flatnonzero(random.random(len(like)) < RECORDED)
    which = random.integers(0, len(noise), len(recorded))
    first = (random.random(len(recorded)) * noise.lengths[which]).astype(np.float32)
    step = np.full(len(recorded), STEP_FRAMES, dtype=np.float32)
    sounds[recorded] = read_around(noise, Cuts(which, first, first, step, like.shape[1]))
    return sounds


def soft_targets(truth: IntArray, allowed: BoolArray, smoothing: float) -> FloatArray:
    """One at the label, a little of it spread over all that the corpus knows, [n, labels].

    >>> soft_targets(np.array([0]), np.array([[True, True, False]]), 0.2).round(2).tolist()
    [[0.8999999761581421, 0.10000000149011612, 0.0]]
    """
    exact = np.eye(allowed.shape[1])[truth] * (1 - smoothing)
    spread = smoothing * allowed / allowed.sum(axis=1, keepdims=True)
    return np.asarray(exact + spread, dtype=np.float32)


def mixed(batch: Batch, options: NetOptions, random: np.random.Generator) -> Batch:
    """Mixup (Zhang et al. 2018) of each window with another of the same voice."""
    drawn = random.beta(options.mixup, options.mixup)
    share = np.float32(max(drawn, 1 - drawn))
    places = np.arange(len(batch.target)).reshape(-1, options.clips)
    other = random.permuted(places, axis=1).ravel()

    def mix(part: FloatArray) -> FloatArray:
        return np.asarray(share * part + (1 - share) * part[other])

    view = batch.view
    heard = view.heard | view.heard[other]
    return Batch(View(mix(view.mel), mix(view.alike), heard), mix(batch.target), batch.allowed)
