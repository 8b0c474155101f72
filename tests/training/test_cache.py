from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.cache import FeatureCache, cached
from sottovoce.training.heard import Heard, hear

SOUND = np.random.default_rng(1).normal(0, 0.1, 8000).astype(np.float32)
HEARD = hear([(0.5, SOUND), (0.25, SOUND[:4000])])


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.wav"
    path.write_bytes(b"RIFF")
    return path


def same(one: Heard, other: Heard) -> bool:
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(Heard)]
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("heard", [HEARD, hear([(0.5, SOUND)], with_images=False), hear([])])
def test_what_is_kept_comes_back_bit_for_bit(tmp_path: Path, heard: Heard) -> None:
    cache = FeatureCache(tmp_path / "cache", "1")
    cache.put("abc", heard)
    found = cache.get("abc")
    assert found is not None
    assert same(found, heard)
    assert cache.get("other") is None


def test_the_key_changes_with_bytes_version_and_variant_but_not_with_the_name(
    tmp_path: Path, clip: Path
) -> None:
    cache = FeatureCache(tmp_path, "1")
    copy = tmp_path / "copy.wav"
    copy.write_bytes(clip.read_bytes())
    key = cache.key(clip)
    assert cache.key(copy) == key
    assert cache.key(clip, "noise") != key
    assert FeatureCache(tmp_path, "2").key(clip) != key
    clip.write_bytes(b"RIFX")
    assert cache.key(clip) != key


def test_a_clip_is_described_once(tmp_path: Path, clip: Path) -> None:
    asked = []

    def describe(path: Path) -> Heard:
        asked.append(path)
        return HEARD

    described = cached(describe, FeatureCache(tmp_path / "cache", "1"))
    assert same(described(clip), HEARD)
    assert same(described(clip), HEARD)
    assert asked == [clip]


def test_a_damaged_file_is_made_again(tmp_path: Path, clip: Path) -> None:
    cache = FeatureCache(tmp_path / "cache", "1")
    described = cached(lambda _path: HEARD, cache)
    described(clip)
    (kept,) = cache.folder.rglob("*.npz")
    for damage in (b"", b"PK\x03\x04 half", kept.read_bytes()[:80]):
        kept.write_bytes(damage)
        assert cache.get(cache.key(clip)) is None
        assert same(described(clip), HEARD)


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache", "1")
    pickled = replace(HEARD, vectors=np.array([Unwritable()]))
    with pytest.raises(TypeError, match="cannot be kept"):
        cache.put("abc", pickled)
    assert not [path for path in cache.folder.rglob("*") if path.is_file()]


class Unwritable:
    def __reduce__(self) -> str:
        raise TypeError("cannot be kept")


def write_often(folder: Path) -> None:
    cache = FeatureCache(folder, "1")
    for number in range(50):
        cache.put(f"key{number % 5}", HEARD)
        if (found := cache.get(f"key{number % 5}")) is None or not same(found, HEARD):
            raise AssertionError("a half-written file was read")


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(write_often, [tmp_path, tmp_path]))
    assert len(list(tmp_path.rglob("*.npz"))) == 5
    assert not list(tmp_path.rglob("*.unfinished"))
