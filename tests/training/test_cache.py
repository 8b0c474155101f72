from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.cache import FeatureCache, Windows, cached

WINDOWS = [(1.5, np.arange(3, dtype=np.float32)), (2.0, np.ones(3, np.float32))]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.wav"
    path.write_bytes(b"RIFF")
    return path


def same(one: Windows, other: Windows) -> bool:
    return len(one) == len(other) and all(
        a[0] == b[0] and a[1].dtype == b[1].dtype and np.array_equal(a[1], b[1])
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("windows", [WINDOWS, WINDOWS[:1], []])
def test_what_is_kept_comes_back_bit_for_bit(tmp_path: Path, windows: Windows) -> None:
    cache = FeatureCache(tmp_path / "cache", "1")
    cache.put("abc", windows)
    found = cache.get("abc")
    assert found is not None
    assert same(found, windows)
    assert cache.get("other") is None


def test_sequences_of_frames_can_be_kept(tmp_path: Path) -> None:
    frames = np.random.default_rng(0).normal(size=(40, 64)).astype(np.float32)
    cache = FeatureCache(tmp_path, "1")
    cache.put("abc", [(0.4, frames)])
    assert same(cache.get("abc") or [], [(0.4, frames)])


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

    def describe(path: Path) -> Windows:
        asked.append(path)
        return WINDOWS

    described = cached(describe, FeatureCache(tmp_path / "cache", "1"))
    assert same(described(clip), WINDOWS)
    assert same(described(clip), WINDOWS)
    assert asked == [clip]


def test_a_damaged_file_is_made_again(tmp_path: Path, clip: Path) -> None:
    cache = FeatureCache(tmp_path / "cache", "1")
    described = cached(lambda _path: WINDOWS, cache)
    described(clip)
    (kept,) = cache.folder.rglob("*.npz")
    for damage in (b"", b"PK\x03\x04 half", kept.read_bytes()[:80]):
        kept.write_bytes(damage)
        assert cache.get(cache.key(clip)) is None
        assert same(described(clip), WINDOWS)


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache", "1")
    uneven = [(1.0, np.zeros(2, np.float32)), (1.0, np.zeros(3, np.float32))]
    with pytest.raises(ValueError, match="inhomogeneous"):
        cache.put("abc", uneven)
    assert not [path for path in cache.folder.rglob("*") if path.is_file()]


def write_often(folder: Path) -> None:
    cache = FeatureCache(folder, "1")
    for number in range(50):
        cache.put(f"key{number % 5}", WINDOWS)
        if (found := cache.get(f"key{number % 5}")) is None or not same(found, WINDOWS):
            raise AssertionError("a half-written file was read")


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(write_often, [tmp_path, tmp_path]))
    assert len(list(tmp_path.rglob("*.npz"))) == 5
    assert not list(tmp_path.rglob("*.unfinished"))
