from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Window
from sottovoce.errors import SottovoceError
from sottovoce.speech import SpeechStream, find_segments, find_windows, gaps

Silence = Callable[[float], FloatArray]


def in_pieces(samples: FloatArray, seed: int) -> tuple[SpeechStream, list[Window]]:
    """Push a recording in pieces of random length, empty ones among them."""
    random, stream, windows, at = np.random.default_rng(seed), SpeechStream(), [], 0
    while at < len(samples):
        length = int(random.integers(0, 12_000))
        windows += stream.push(samples[at : at + length])
        at += length
    return stream, windows + stream.finish()


def same(one: list[Window], other: list[Window]) -> bool:
    return len(one) == len(other) and all(
        a.segment == b.segment and np.array_equal(a.samples, b.samples)
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("seed", range(3))
def test_live_is_whole_bit_for_bit(slow_memo: FloatArray, memo: FloatArray, seed: int) -> None:
    samples = np.concatenate((slow_memo, memo * np.float32(0.01), slow_memo))
    stream, windows = in_pieces(samples, seed)
    assert same(windows, find_windows(samples))
    assert stream.segments == find_segments(samples)
    assert stream.n_samples == len(samples)


def test_what_comes_later_changes_nothing_before(memo: FloatArray, slow_memo: FloatArray) -> None:
    earlier = find_segments(memo)[:-1]
    assert find_segments(np.concatenate((memo, slow_memo)))[: len(earlier)] == earlier


def test_a_memo_is_one_window_and_keeps_its_pauses(memo: FloatArray) -> None:
    [window] = find_windows(memo)
    segments = find_segments(memo)
    assert len(segments) == 3
    assert window.segment.start_s == segments[0].start_s
    assert window.segment.end_s == segments[-1].end_s
    assert all(0.06 <= gap <= 0.5 for gap in gaps(segments))


def test_longer_pauses_part_the_windows(slow_memo: FloatArray) -> None:
    assert len(find_windows(slow_memo)) == 3


def test_a_window_holds_the_samples_of_its_place(slow_memo: FloatArray) -> None:
    for window in find_windows(slow_memo):
        start = round(window.segment.start_s * SAMPLE_RATE_HZ)
        np.testing.assert_array_equal(
            window.samples, slow_memo[start : start + len(window.samples)]
        )
        assert len(window.samples) == round(window.segment.duration_s * SAMPLE_RATE_HZ)
        assert 0.5 < window.segment.speech_probability <= 1.0


def test_segments_stay_inside_the_recording_and_apart(memo: FloatArray) -> None:
    for cut in (memo[2_000:], memo[:30_001], memo[10_000:50_007]):
        segments = find_segments(cut)
        assert segments[0].start_s >= 0.0
        assert segments[-1].end_s <= len(cut) / SAMPLE_RATE_HZ
        assert all(a.end_s < b.start_s for a, b in pairwise(segments))


def test_speech_is_found_where_it_is(memo: FloatArray, silence: Silence) -> None:
    moved = find_segments(np.concatenate((silence(5.0), memo)))
    assert [segment.start_s for segment in moved] == pytest.approx(
        [5.0 + segment.start_s for segment in find_segments(memo)], abs=0.1
    )


def test_a_quiet_background_does_not_become_speech_in_a_long_pause(
    memo: FloatArray, silence: Silence
) -> None:
    sound = np.concatenate((memo, silence(60.0), memo))
    hiss = np.random.default_rng(0).normal(scale=1e-3, size=len(sound)).astype(np.float32)
    assert max(gaps(find_segments(sound + hiss))) > 60.0


def test_unbroken_speech_is_given_out_in_bounded_memory(memo: FloatArray) -> None:
    stream, windows, held_s = SpeechStream(), 0, 0.0
    for _ in range(12):
        for second in np.array_split(memo[1_000:124_000], 8):
            windows += len(stream.push(second))
            held_s = max(held_s, stream.held_s)
    assert windows >= 10
    assert held_s < 10.0


def test_silence_is_not_held(silence: Silence) -> None:
    stream = SpeechStream()
    stream.push(silence(120.0))
    assert stream.held_s < 1.0


def test_what_is_shorter_than_the_shortest_speech_has_none(slow_memo: FloatArray) -> None:
    assert all(find_segments(slow_memo[:n_samples]) == [] for n_samples in range(500, 3600, 200))


@pytest.mark.parametrize("n_samples", [0, 1, 511, 4096])
def test_next_to_nothing_is_heard_without_trouble(n_samples: int) -> None:
    samples = np.zeros(n_samples, dtype=np.float32)
    assert find_windows(samples) == []
    assert find_segments(samples) == []


def test_a_finished_stream_takes_no_more() -> None:
    stream = SpeechStream()
    stream.finish()
    with pytest.raises(SottovoceError, match="make another one"):
        stream.push(np.zeros(10, dtype=np.float32))
    with pytest.raises(SottovoceError, match="make another one"):
        stream.finish()


def test_the_phrase_under_way_is_the_beginning_of_the_window_to_come(slow_memo: FloatArray) -> None:
    stream, [first, *_] = SpeechStream(), find_windows(slow_memo)
    assert stream.latest(3.0) is None
    end = round((first.segment.end_s - 0.5) * SAMPLE_RATE_HZ)
    stream.push(slow_memo[:end])
    under_way = stream.latest(8.0)
    assert stream.speaking
    assert under_way is not None
    assert under_way.segment.start_s == first.segment.start_s
    n_samples = len(under_way.samples)
    np.testing.assert_array_equal(under_way.samples, first.samples[:n_samples])
    latest = stream.latest(0.5)
    assert latest is not None
    np.testing.assert_array_equal(latest.samples, under_way.samples[-SAMPLE_RATE_HZ // 2 :])


def test_after_the_phrase_nothing_is_under_way(slow_memo: FloatArray, silence: Silence) -> None:
    stream = SpeechStream()
    stream.push(np.concatenate((slow_memo, silence(1.0))))
    assert (stream.speaking, stream.latest(3.0)) == (False, None)
