"""Changes of views that leave the emotion as it is; mel is the natural logarithm of band power."""

from dataclasses import replace

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.images import BANDS, HIGHEST_PITCH_HZ, LAGS, LOWEST_PITCH_HZ
from sottovoce.features.mel import mel_edges_hz
from sottovoce.features.net_input import BoolArray
from sottovoce.training.images import View
from sottovoce.training.predictions import Float64Array

DB = np.log(10) / 10  # one dB as natural logarithm of power, 0.23
LAGS_PER_UNIT = (LAGS - 1) / np.log(HIGHEST_PITCH_HZ / LOWEST_PITCH_HZ)
HISS_SPREAD = 0.2  # natural logarithm of power
COVERS = 2


def warped(view: View, warp: Float64Array) -> View:
    """Other vocal tracts (Jaitly & Hinton 2013): frequencies and pitch are read elsewhere.

    View ``i`` shows at each frequency what it had at ``exp(warp[i])`` times it.
    """
    centres_hz = mel_edges_hz(BANDS)[1:-1].astype(np.float64)
    wanted_hz = np.exp(warp)[:, None] * centres_hz
    bands = np.interp(_mel_order(wanted_hz), _mel_order(centres_hz), np.arange(BANDS))
    lags = np.arange(LAGS) + warp[:, None] * LAGS_PER_UNIT
    return replace(view, mel=_read_rows(view.mel, bands), alike=_read_rows(view.alike, lags))


def noisy(view: View, noise: FloatArray, snr_db: Float64Array) -> View:
    """Noise added in the power domain; what repeats shrinks with the share that is still voice.

    ``noise`` is a mel image float32 [n, T, 64] at any level; ``snr_db`` [n] is the ratio of mean
    powers over the frames that are heard.
    """
    voice, sound = np.exp(view.mel), np.exp(noise - noise.max(axis=(1, 2), keepdims=True))
    ratio = _mean_power(voice, view.heard) / _mean_power(sound, view.heard)
    total = voice + sound * (ratio * np.exp(-DB * snr_db)).astype(np.float32)[:, None, None]
    share = voice.sum(axis=2, keepdims=True) / total.sum(axis=2, keepdims=True)
    return replace(view, mel=np.log(total), alike=view.alike * share)


def hiss(like: FloatArray, random: np.random.Generator) -> FloatArray:
    """Mel images of steady noise, each of a random colour, of the same shape."""
    colour = random.normal(size=(len(like), 1, 1)) * np.linspace(-1, 1, like.shape[2])
    return (colour + HISS_SPREAD * random.standard_normal(like.shape)).astype(np.float32)


def tilted(view: View, knots: Float64Array) -> View:
    """Another microphone: a colour for each view, given at evenly spaced bands, [n, knots]."""
    bands = np.linspace(0, knots.shape[1] - 1, BANDS)
    nearness = np.maximum(1 - np.abs(np.arange(knots.shape[1])[:, None] - bands), 0)
    return replace(view, mel=view.mel + (knots @ nearness).astype(np.float32)[:, None, :])


def covers(
    shape: tuple[int, ...], bands: int, frames: int, random: np.random.Generator
) -> BoolArray:
    """Where to look away (SpecAugment, Park et al. 2019): True is covered, [n, T, 64].

    Twice each, a strip of up to ``bands`` bands and one of up to ``frames`` frames.
    """
    n, length, rows = shape
    hidden = np.zeros(shape, dtype=np.bool_)
    for _ in range(COVERS):
        hidden |= _strips(n, rows, bands, random)[:, None, :]
        hidden |= _strips(n, length, frames, random)[:, :, None]
    return hidden


def _mel_order(hz: Float64Array) -> Float64Array:
    """A scale on which mel bands are evenly spaced."""
    return np.asarray(np.log1p(hz / 700))


def _read_rows(images: FloatArray, at: Float64Array) -> FloatArray:
    """Read images [n, T, r] at positions [n, q] along their last axis, between rows linearly."""
    size = images.shape[2]
    distance = np.abs(np.arange(size)[:, None] - np.clip(at, 0, size - 1)[:, None, :])
    return np.asarray(images @ np.maximum(1 - distance, 0).astype(np.float32))


def _mean_power(power: FloatArray, heard: BoolArray) -> FloatArray:
    return np.asarray((power.sum(axis=2) * heard).sum(axis=1) / heard.sum(axis=1))


def _strips(n: int, size: int, widest: int, random: np.random.Generator) -> BoolArray:
    width = random.integers(0, min(widest, size) + 1, (n, 1))
    start = np.floor(random.random((n, 1)) * (size - width + 1))
    place = np.arange(size)
    return np.asarray((place >= start) & (place < start + width))
