from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.speech.phrases import (
    MAX_GAP_SAMPLES,
    MAX_WINDOW_SAMPLES,
    WINDOW_SAMPLES,
    Phrase,
    Span,
)

SPEECH = st.lists(
    st.tuples(st.integers(0, 2 * SAMPLE_RATE_HZ), st.integers(1, 30 * SAMPLE_RATE_HZ)), max_size=8
)


def spans(speech: list[Span]) -> list[Span]:
    phrase = Phrase()
    found = [span for start, end in speech for span in phrase.grow(start, end)]
    return found + phrase.end()


def seconds(found: list[Span]) -> list[tuple[float, float]]:
    return [(start / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ) for start, end in found]


def in_place(gaps_and_lengths: list[tuple[int, int]]) -> list[Span]:
    """Stretches of speech one after another."""
    speech, now = [], 0
    for gap, length in gaps_and_lengths:
        speech.append((now + gap, now + gap + length))
        now += gap + length
    return speech


def test_a_phrase_of_eight_seconds_is_one_window() -> None:
    assert seconds(spans([(0, MAX_WINDOW_SAMPLES)])) == [(0.0, 8.0)]


def test_a_longer_phrase_is_cut_with_overlap() -> None:
    assert seconds(spans([(0, 20 * SAMPLE_RATE_HZ)])) == [
        (0.0, 6.0),
        (5.0, 11.0),
        (10.0, 16.0),
        (15.0, 20.0),
    ]


def test_a_short_pause_stays_in_and_a_long_one_ends_the_phrase() -> None:
    second = SAMPLE_RATE_HZ
    near, far = second + MAX_GAP_SAMPLES, second + MAX_GAP_SAMPLES + 1
    assert spans([(0, second), (near, near + second)]) == [(0, near + second)]
    assert spans([(0, second), (far, far + second)]) == [(0, second), (far, far + second)]


def test_a_window_is_known_while_the_phrase_goes_on() -> None:
    assert Phrase().grow(0, MAX_WINDOW_SAMPLES + 1) == [(0, WINDOW_SAMPLES)]


@settings(deadline=None)
@given(SPEECH)
def test_windows_hold_all_speech_and_are_no_longer_than_eight_seconds(
    gaps_and_lengths: list[tuple[int, int]],
) -> None:
    speech = in_place(gaps_and_lengths)
    found = spans(speech)
    assert all(0 < end - start <= MAX_WINDOW_SAMPLES for start, end in found)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    for start, end in speech:
        edges = [start, *(edge for span in found for edge in span if start < edge < end), end]
        middles = [(a + b) / 2 for a, b in pairwise(sorted(edges))]
        assert all(any(s <= middle <= e for s, e in found) for middle in middles)


@settings(deadline=None)
@given(SPEECH, st.integers(512, 5 * SAMPLE_RATE_HZ))
def test_a_phrase_that_grows_slowly_has_the_same_windows(
    gaps_and_lengths: list[tuple[int, int]], step: int
) -> None:
    speech = in_place(gaps_and_lengths)
    phrase, found = Phrase(), []
    for start, end in speech:
        for so_far in [*range(start + step, end, step), end]:
            found += phrase.grow(start, so_far)
        found += phrase.settle(end + MAX_GAP_SAMPLES)
    assert found + phrase.end() == spans(speech)
