from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.speech.hysteresis import (
    ENTER,
    LEAVE,
    MIN_SILENCE_FRAMES,
    MIN_SPEECH_FRAMES,
    Hysteresis,
    Run,
)

DOUBT = (ENTER + LEAVE) / 2


def runs(probabilities: list[float]) -> list[Run]:
    heard = Hysteresis()
    found = [heard.hear(probability) for probability in probabilities]
    return [run for run in [*found, heard.finish()] if run is not None]


def spans(probabilities: list[float]) -> list[tuple[int, int]]:
    return [(run.start, run.end) for run in runs(probabilities)]


def test_speech_begins_high_and_goes_on_through_doubt() -> None:
    assert spans([DOUBT] * 5 + [0.9] * 5 + [DOUBT] * 20 + [0.0] * 5) == [(5, 30)]


def test_doubt_alone_is_not_speech() -> None:
    assert spans([DOUBT] * 50) == []


def test_a_short_silence_is_bridged_and_a_long_one_is_a_pause() -> None:
    words, closure = [0.9] * 10, [0.0] * (MIN_SILENCE_FRAMES - 1)
    assert spans(words + closure + words) == [(0, 20 + len(closure))]
    assert spans([*words, *closure, 0.0, *words]) == [
        (0, 10),
        (11 + len(closure), 21 + len(closure)),
    ]


def test_what_is_too_short_is_not_speech() -> None:
    assert spans([0.9] * (MIN_SPEECH_FRAMES - 1) + [0.0] * 10) == []
    assert spans([0.9] * MIN_SPEECH_FRAMES + [0.0] * 10) == [(0, MIN_SPEECH_FRAMES)]


def test_speech_may_last_to_the_end() -> None:
    assert spans([0.0] * 3 + [0.9] * 10) == [(3, 13)]


def test_the_probability_of_a_run_is_the_mean_of_its_frames() -> None:
    [run] = runs([0.5] * 10 + [1.0] * 10 + [0.0] * 10)
    assert run.probability == 0.75


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, DOUBT, 0.9]), max_size=200))
def test_runs_are_in_order_long_enough_and_apart(probabilities: list[float]) -> None:
    found = runs(probabilities)
    assert all(run.end - run.start >= MIN_SPEECH_FRAMES for run in found)
    assert all(b.start - a.end >= MIN_SILENCE_FRAMES for a, b in pairwise(found))
    assert all(probabilities[run.start] >= ENTER for run in found)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, DOUBT, 0.9]), max_size=200))
def test_what_is_sure_is_never_taken_back(probabilities: list[float]) -> None:
    heard, claimed = Hysteresis(), set()
    for probability in probabilities:
        heard.hear(probability)
        claimed |= set(range(heard.sure.start, heard.sure.end)) if heard.sure else set()
    spoken = {frame for run in runs(probabilities) for frame in range(run.start, run.end)}
    assert claimed <= spoken
