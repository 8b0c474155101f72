from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain import Segment
from sottovoce.speech import frame_labels, gaps, speech_s, union

TENTHS = st.tuples(st.integers(0, 100), st.integers(1, 20))
SEGMENTS = st.lists(
    TENTHS.map(lambda at: Segment(at[0] / 10, (at[0] + at[1]) / 10, 0.5)), max_size=20
)


@settings(deadline=None)
@given(SEGMENTS)
def test_a_union_is_in_order_and_apart_and_as_long_as_its_frames(segments: list[Segment]) -> None:
    joined = union(segments)
    assert all(a.end_s < b.start_s for a, b in pairwise(joined))
    assert frame_labels(segments, 130, 0.1).sum() / 10 == pytest.approx(speech_s(segments))


@settings(deadline=None)
@given(SEGMENTS)
def test_speech_and_gaps_make_up_the_span(segments: list[Segment]) -> None:
    joined = union(segments)
    span_s = joined[-1].end_s - joined[0].start_s if joined else 0.0
    assert speech_s(segments) + sum(gaps(segments)) == pytest.approx(span_s)


@settings(deadline=None)
@given(SEGMENTS)
def test_joining_twice_changes_nothing(segments: list[Segment]) -> None:
    assert union(union(segments)) == union(segments)


def test_the_probability_of_a_union_is_weighted_by_length() -> None:
    [joined] = union([Segment(0.0, 3.0, 1.0), Segment(3.0, 4.0, 0.0)])
    assert joined.speech_probability == 0.75


def test_a_frame_is_speech_when_its_centre_is() -> None:
    labels = frame_labels([Segment(0.006, 0.024, 1.0)], 4)
    np.testing.assert_array_equal(labels, [False, True, False, False])
