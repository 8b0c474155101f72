import pytest

from sottovoce.audio.microphones import (
    INVALID_RATE,
    UNAVAILABLE,
    Listed,
    MicrophoneError,
    chosen,
    refusal,
)

DESK, HEADSET, HDMI = (
    Listed(0, "USB Desk Mic: Audio (hw:1,0)", False),
    Listed(4, "Headset", True),
    Listed(7, "USB Webcam", False),
)
ALL = [DESK, HEADSET, HDMI]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, HEADSET),
        ("Headset", HEADSET),
        ("headset", HEADSET),
        ("desk", DESK),
        ("7", HDMI),
        ("0", DESK),
    ],
)
def test_it_is_chosen_by_number_name_or_a_part(wanted: str | None, found: Listed) -> None:
    assert chosen(wanted, ALL) is found


def test_without_a_usual_one_the_first_is_taken() -> None:
    assert chosen(None, [DESK, HDMI]) is DESK


@pytest.mark.parametrize(
    ("wanted", "among", "sentence"),
    [
        (None, [], "no microphone was found"),
        ("lamp", ALL, "no microphone is called 'lamp'; choose by number: 0 'USB Desk"),
        ("usb", ALL, "more than one microphone is called 'usb'; choose by number: 0 .* 7 "),
    ],
)
def test_what_cannot_be_chosen_is_one_sentence(
    wanted: str | None, among: list[Listed], sentence: str
) -> None:
    with pytest.raises(MicrophoneError, match=sentence):
        chosen(wanted, among)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(UNAVAILABLE, "in use"), (INVALID_RATE, "16 kHz"), (-9999, "Host error"), (None, "Host")],
)
def test_each_refusal_says_what_to_do(code: int | None, sentence: str) -> None:
    assert sentence in str(refusal("Desk", code, "Host error"))
