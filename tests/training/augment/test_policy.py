import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.augment.policy import Policy, augment, clip_random

NOTHING = Policy(room=0.0, noise=0.0, gain=0.0, codec=0.0)
EVERYTHING = Policy(speed=1.0, pitch=1.0, room=1.0, noise=1.0, gain=1.0, codec=1.0)
HISS = (np.random.default_rng(0).normal(0, 0.1, 20_000).astype(np.float32),)


def test_nothing_asked_nothing_changed(sine: FloatArray) -> None:
    assert augment(sine, NOTHING, HISS, clip_random(1, "clip")) is sine


def test_without_noises_no_noise_is_added(sine: FloatArray) -> None:
    only_noise = Policy(room=0.0, noise=1.0, gain=0.0, codec=0.0)
    assert augment(sine, only_noise, (), clip_random(1, "clip")) is sine
    assert augment(sine, only_noise, HISS, clip_random(1, "clip")) is not sine


def test_each_copy_of_each_clip_is_its_own_and_repeats(sine: FloatArray) -> None:
    one, again, copy, other = (
        augment(sine, EVERYTHING, HISS, clip_random(1, name, number))
        for name, number in (("a", 0), ("a", 0), ("a", 1), ("b", 0))
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one[:1000], copy[:1000])
    assert not np.array_equal(one[:1000], other[:1000])
    assert one.dtype == np.float32
    assert np.abs(one).max() <= 1.0
