"""Rooms, as echoes that die away."""

import numpy as np
from scipy.signal import fftconvolve

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.levels import within_range

FIRST_ECHO_S = 0.003  # one metre farther than the straight way
DECAY_DB = 60.0  # what the reverberation time is the time of (ISO 3382)


def room_response(rt60_s: float, direct_db: float, random: np.random.Generator) -> FloatArray:
    """Impulse response of a made room: the straight sound, then noise that decays exponentially.

    Moorer's (1979) and Polack's (1988) model of late reverberation.

    Parameters
    ----------
    rt60_s
        Time in which the echoes fall by 60 dB: 0.2 s in a furnished room, 0.8 s in a bare one.
    direct_db
        Energy of the straight sound over that of all echoes, in dB: high near the microphone.
    random
        Draws the echoes.

    Returns
    -------
    FloatArray
        float32 [rt60_s at 16 kHz]; begins with 1.
    """
    time_s = np.arange(round(rt60_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    echoes = random.standard_normal(len(time_s)) * 10 ** (-DECAY_DB / 20 * time_s / rt60_s)
    echoes[time_s < FIRST_ECHO_S] = 0.0
    echoes *= np.sqrt(10 ** (-direct_db / 10) / np.sum(echoes**2))
    echoes[0] = 1.0
    return echoes.astype(np.float32)


def put_in_room(samples: FloatArray, response: FloatArray) -> FloatArray:
    """The sound as heard in a room: same length, same power."""
    heard = fftconvolve(samples, response)[: len(samples)]
    power, power_heard = np.mean(np.square(samples)), np.mean(np.square(heard))
    gain = np.sqrt(power / power_heard) if power_heard > 0 else 1.0
    return within_range((heard * gain).astype(np.float32))
