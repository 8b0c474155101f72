"""What the small network hears of a window: its two images at 16 ms, at one level for all."""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.images import correlogram, mel_image

STEP_FRAMES = 1.6  # frames of 10 ms from one net frame to the next: 16 ms
FLOOR = 7.0  # natural log of power: what is 30 dB below the window's mean band is silence
SPREAD = 4.0  # brings the range that is heard to about 0..2
GATE = 5.0  # natural log of power: frames 22 dB below the window's mean have half a pitch

BoolArray = npt.NDArray[np.bool_]
Pair = tuple[FloatArray, FloatArray]


def net_input(samples: FloatArray) -> Pair:
    """Mel image float32 [T, 64] and correlogram float32 [T, 48] of a window, one row each 16 ms.

    Neither changes with recording gain. A window shorter than 10 ms is heard as if silence
    followed it, so that T is at least 1.

    >>> mel, alike = net_input(np.zeros(16_000, dtype=np.float32))
    >>> mel.shape, alike.shape
    ((62, 64), (62, 48))
    """
    whole = np.pad(samples, (0, max(0, HOP_SAMPLES - len(samples))))
    return from_images(mel_image(whole), correlogram(whole))


def from_images(mel: FloatArray, alike: FloatArray) -> Pair:
    """The same of images that are there already, float32 [frames, 64] and [frames, 48]."""
    at = np.arange(max(1, int(len(mel) / STEP_FRAMES))) * STEP_FRAMES
    before = at.astype(np.intp)
    after = np.minimum(before + 1, len(mel) - 1)
    share = (at - before).astype(np.float32)[:, None]
    heard = np.ones(len(at), dtype=np.bool_)
    net_mel, net_alike = (
        image[before] * (1 - share) + image[after] * share for image in (mel, alike)
    )
    return scaled(net_mel, net_alike, heard)


def scaled(mel: FloatArray, alike: FloatArray, heard: BoolArray) -> Pair:
    """Bring images to the window's own level; the pitch of quiet frames fades.

    Parameters
    ----------
    mel
        Natural log of band power, float32 [..., T, 64]; the unit does not matter.
    alike
        Correlogram, float32 [..., T, 48].
    heard
        Which frames belong to the window, [..., T]; the others become zero and count for nothing.

    Returns
    -------
    Band power above a floor 30 dB below the window's mean band, in steps of 17 dB (zero is at or
    below the floor), and the gated correlogram.
    """
    there = heard[..., None].astype(np.float32)
    frame_power = np.exp(mel).sum(axis=-1, keepdims=True) * there
    mean_power = frame_power.sum(axis=-2, keepdims=True) / there.sum(axis=-2, keepdims=True)
    mean_band = np.log(mean_power / mel.shape[-1])
    loud = np.maximum(mel - mean_band + np.float32(FLOOR), 0) / np.float32(SPREAD)
    relative = frame_power / mean_power * np.float32(np.exp(GATE))
    return loud * there, alike * (relative / (1 + relative)) * there
