"""The microphones of this machine, and what is wrong with one that cannot be used.

``sounddevice`` (extra ``mic``) speaks to PortAudio; it is imported when a microphone is wanted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sottovoce.errors import MissingExtraError, SottovoceError

UNAVAILABLE, INVALID_RATE = -9985, -9997  # PortAudio's numbers for what people meet


class MicrophoneError(SottovoceError):
    """There is no such microphone, or it cannot be used now."""

    type = "microphone"


@dataclass(frozen=True, slots=True)
class Listed:
    """A device that records: its ``number`` and ``name``; one of them is the usual one."""

    number: int
    name: str
    usual: bool


def portaudio() -> Any:
    """The module ``sounddevice``, ready for use.

    Raises
    ------
    MissingExtraError
        The extra, or the library below it, is not installed.
    """
    try:
        import sounddevice
    except ImportError as missing:
        raise MissingExtraError(
            "recording needs the extra 'mic': pip install 'sottovoce[mic]'"
        ) from missing
    except OSError as missing:
        raise MissingExtraError(
            "recording needs PortAudio: apt install libportaudio2 (Debian, Ubuntu)"
        ) from missing
    return sounddevice


def microphones() -> list[Listed]:
    """Every device that records."""
    library = portaudio()
    usual = library.default.device[0]
    return [
        Listed(found["index"], found["name"], found["index"] == usual)
        for found in library.query_devices()
        if found["max_input_channels"] > 0
    ]


def chosen(wanted: str | None, among: Sequence[Listed]) -> Listed:
    """The device of that number or name, or of which the name holds the words; None: the usual one.

    Raises
    ------
    MicrophoneError
        There is none, or more than one.

    Examples
    --------
    >>> desk, ear = Listed(0, "USB Desk Mic", True), Listed(3, "Headset", False)
    >>> chosen("desk", [desk, ear]).number, chosen("3", [desk, ear]).name
    (0, 'Headset')
    """
    if not among:
        raise MicrophoneError("no microphone was found; connect one, or allow its use")
    if wanted is None:
        return next((one for one in among if one.usual), among[0])
    exact = [one for one in among if wanted in (one.name, str(one.number))]
    found = exact or [one for one in among if wanted.casefold() in one.name.casefold()]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.number} '{one.name}'" for one in found or among)
    trouble = "more than one microphone is" if found else "no microphone is"
    raise MicrophoneError(f"{trouble} called '{wanted}'; choose by number: {known}")


def refusal(name: str, code: int | None, words: str) -> MicrophoneError:
    """What PortAudio's refusal to open a device means for a person.

    >>> str(refusal("Desk", UNAVAILABLE, "Device unavailable"))
    "the microphone 'Desk' is in use, or not allowed; close the other program and try again"
    """
    if code == UNAVAILABLE:
        advice = "is in use, or not allowed; close the other program and try again"
    elif code == INVALID_RATE:
        advice = "does not record at 16 kHz; choose another with --device, such as 'default'"
    else:
        advice = f"could not be opened ({words}); choose another with --device"
    return MicrophoneError(f"the microphone '{name}' {advice}")
