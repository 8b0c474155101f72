import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.augment.conditions import changed, conditions

HISS = np.random.default_rng(0).normal(0, 0.1, 20_000).astype(np.float32)


def test_every_condition_changes_a_clip_the_same_way_each_time(sine: FloatArray) -> None:
    for condition in conditions((HISS, HISS[::-1])).values():
        one, again = (changed(sine, condition, "clip.wav") for _ in range(2))
        assert np.array_equal(one, again)
        assert not np.array_equal(one, sine)
        assert len(one) == len(sine)


def test_noise_depends_on_the_clip_and_the_seed(sine: FloatArray) -> None:
    noisy = conditions((HISS,))["noise 10 dB SNR"]
    one, other, seeded = (
        changed(sine, noisy, name, seed) for name, seed in (("a", 0), ("b", 0), ("a", 1))
    )
    assert not np.array_equal(one, other)
    assert not np.array_equal(one, seeded)
