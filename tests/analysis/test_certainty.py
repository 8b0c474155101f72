"""An answer is clear only when nothing speaks against it."""

import pytest

from sottovoce.analysis.certainty import CertaintyRule, certainty_of
from sottovoce.domain import Certainty, Emotion, ModelId, Quality

GOOD = Quality(-6.0, 0.0, -60.0, 30.0, 3.0, "ok")
NOISY = Quality(-6.0, 0.0, -20.0, 8.0, 3.0, "poor", ("the background is loud",))
RULE = CertaintyRule(least_probability=0.2, error_rate=0.1, far=2.0)


def judged(*shares: float, quality: Quality = GOOD, distance: float | None = 1.0) -> Certainty:
    labels = ("sad", "calm", "happy", "angry")
    emotion = Emotion(dict(zip(labels, shares, strict=False)), ModelId("m", "0"))
    return certainty_of(emotion, quality, distance, RULE)


def test_one_label_alone_in_a_good_recording_is_clear() -> None:
    assert judged(0.9, 0.1) == Certainty(True, ("sad",), 0.9, ())


@pytest.mark.parametrize(
    ("shares", "possible", "reason"),
    [
        ((0.3, 0.6, 0.1), ("calm", "sad"), "it could be calm or sad"),
        ((0.3, 0.4, 0.3), ("calm", "sad", "happy"), "it could be calm, sad or happy"),
    ],
)
def test_several_labels_are_named_the_likeliest_first(
    shares: tuple[float, ...], possible: tuple[str, ...], reason: str
) -> None:
    certainty = judged(*shares)
    assert not certainty.clear
    assert (certainty.possible, certainty.reasons) == (possible, (reason,))


def test_no_label_may_be_probable_enough() -> None:
    rule = CertaintyRule(least_probability=0.6, error_rate=0.1)
    emotion = Emotion({"sad": 0.5, "calm": 0.5}, ModelId("m", "0"))
    certainty = certainty_of(emotion, GOOD, None, rule)
    assert (certainty.clear, certainty.possible) == (False, ())
    assert certainty.reasons == ("no emotion stands out",)


def test_a_poor_recording_is_not_clear_however_sure_the_model() -> None:
    certainty = judged(1.0, quality=NOISY)
    assert (certainty.clear, certainty.reasons) == (False, ("the background is loud",))


@pytest.mark.parametrize(("distance", "clear"), [(None, True), (2.0, True), (2.1, False)])
def test_a_strange_voice_is_not_clear(distance: float | None, clear: bool) -> None:
    certainty = judged(1.0, distance=distance)
    assert certainty.clear is clear
    assert clear or "unlike anything" in certainty.reasons[0]
