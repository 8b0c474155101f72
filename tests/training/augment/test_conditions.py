from pathlib import Path

import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.training.augment.conditions import changed, conditions, read_noises
from sottovoce.training.errors import CorpusError

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


def test_noises_come_without_silence_at_their_ends(make_tree) -> None:
    folder = make_tree("b.wav", "a.flac", "silent.wav", "notes.txt")
    sounds = {"a.flac": [0, 0, 1, 0, 2, 0], "b.wav": [3, 0], "silent.wav": [0, 0]}

    def decode(path: Path) -> FloatArray:
        return np.array(sounds[path.name], np.float32)

    assert [noise.tolist() for noise in read_noises(folder, decode)] == [[1, 0, 2], [3]]


def test_a_folder_without_sounds_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no sound to add as noise"):
        read_noises(tmp_path, lambda _path: HISS)
