"""A random change of a training clip, in the order in which sound travels."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.augment.codecs import through_codec
from sottovoce.training.augment.levels import add_noise, change_gain
from sottovoce.training.augment.rooms import put_in_room, room_response
from sottovoce.training.augment.tempo import change_pitch, change_speed

Range = tuple[float, float]
Change = Callable[[FloatArray, np.random.Generator], FloatArray]
Step = tuple[float, Change]  # how likely, and what

CODEC_RATES: Sequence[tuple[str, int]] = (
    ("opus", 16_000),
    ("opus", 24_000),
    ("mp3", 32_000),
    ("amr", 12_200),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """How likely each change is (0..1), and its range (low, high), drawn evenly.

    Noise and codec change what is heard beside the voice; speed and pitch change the voice itself,
    and with it what emotion does to it: keep them small.
    """

    speed: float = 0.0
    speed_factor: Range = (0.95, 1.05)
    pitch: float = 0.0
    pitch_semitones: Range = (-1.0, 1.0)
    room: float = 0.3
    room_rt60_s: Range = (0.15, 0.8)
    room_direct_db: Range = (0.0, 15.0)
    noise: float = 0.5
    noise_snr_db: Range = (5.0, 25.0)
    gain: float = 0.5
    gain_db: Range = (-20.0, 6.0)
    codec: float = 0.3


def clip_random(seed: int, *names: str | int) -> np.random.Generator:
    """A generator for one clip (and copy): the same whatever else is drawn, and in what order.

    >>> clip_random(1, "a", 0).random() == clip_random(1, "a", 0).random()
    True
    """
    digest = hashlib.sha256("\0".join(map(str, (seed, *names))).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16]))


def augment(
    samples: FloatArray,
    policy: Policy,
    noises: Sequence[FloatArray],
    random: np.random.Generator,
) -> FloatArray:
    """One changed copy of a clip: voice, room, noise, level, codec.

    Parameters
    ----------
    samples
        The clip.
    policy
        What to change and how far.
    noises
        Sounds to add one of; with none, no noise is added.
    random
        From :func:`clip_random`.
    """
    for probability, change in _steps(policy, noises):
        if random.random() < probability:
            samples = change(samples, random)
    return samples


def _steps(policy: Policy, noises: Sequence[FloatArray]) -> tuple[Step, ...]:
    return *_voice_steps(policy), *_place_steps(policy, noises), *_device_steps(policy)


def _voice_steps(policy: Policy) -> tuple[Step, ...]:
    def speed(sound: FloatArray, random: np.random.Generator) -> FloatArray:
        return change_speed(sound, random.uniform(*policy.speed_factor))

    def pitch(sound: FloatArray, random: np.random.Generator) -> FloatArray:
        return change_pitch(sound, random.uniform(*policy.pitch_semitones))

    return (policy.speed, speed), (policy.pitch, pitch)


def _place_steps(policy: Policy, noises: Sequence[FloatArray]) -> tuple[Step, ...]:
    def room(sound: FloatArray, random: np.random.Generator) -> FloatArray:
        rt60_s = random.uniform(*policy.room_rt60_s)
        direct_db = random.uniform(*policy.room_direct_db)
        return put_in_room(sound, room_response(rt60_s, direct_db, random))

    def noise(sound: FloatArray, random: np.random.Generator) -> FloatArray:
        disturbing = noises[int(random.integers(len(noises)))]
        return add_noise(sound, disturbing, random.uniform(*policy.noise_snr_db), random)

    return (policy.room, room), (policy.noise if noises else 0.0, noise)


def _device_steps(policy: Policy) -> tuple[Step, ...]:
    def gain(sound: FloatArray, random: np.random.Generator) -> FloatArray:
        return change_gain(sound, random.uniform(*policy.gain_db))

    def codec(sound: FloatArray, random: np.random.Generator) -> FloatArray:
        return through_codec(sound, *CODEC_RATES[int(random.integers(len(CODEC_RATES)))])

    return (policy.gain, gain), (policy.codec, codec)
