import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain import Segment
from sottovoce.features.prosody import SHORTEST_PAUSE_S, Timing, rate_per_s, timing


def spoken(*spans: tuple[float, float]) -> list[Segment]:
    return [Segment(start_s, end_s, 0.9) for start_s, end_s in spans]


def test_pauses_lie_between_the_first_speech_and_the_last() -> None:
    heard = timing(spoken((1.0, 2.0), (2.5, 3.5), (4.5, 6.0)))
    assert heard.latency_s == 1.0
    assert heard.span_s == 5.0
    assert heard.pause_ratio == pytest.approx(1.5 / 5)
    assert heard.pause_mean_s == pytest.approx(0.75)
    assert heard.pause_rate_per_min == pytest.approx(24)
    assert heard.speech_s == pytest.approx(3.5)
    assert heard.phrases_s == pytest.approx(4.0)


def test_a_short_gap_is_no_pause() -> None:
    heard = timing(spoken((0.0, 1.0), (1.0 + 0.9 * SHORTEST_PAUSE_S, 2.0)))
    assert heard.pause_ratio == 0
    assert heard.pause_mean_s is None
    assert heard.speech_s == heard.phrases_s == 2.0


def test_without_speech_there_is_no_timing() -> None:
    assert timing([]) == Timing()
    assert timing([]).latency_s is None


def test_a_rate_needs_half_a_second() -> None:
    assert rate_per_s(2, 0.49) is None
    assert rate_per_s(0, 0.5) == 0
    assert rate_per_s(3, 1.5) == 2


spans = st.tuples(st.floats(0, 100), st.floats(0.1, 5)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(spans, min_size=1, max_size=12))
def test_the_parts_are_within_the_whole(found: list[tuple[float, float]]) -> None:
    heard = timing(spoken(*found))
    assert heard.pause_ratio is not None
    assert 0 <= heard.pause_ratio < 1
    assert 0 < heard.speech_s <= heard.phrases_s + 1e-9 <= heard.span_s + 2e-9
    assert heard == timing(spoken(*reversed(found)))
