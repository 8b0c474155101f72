"""Sound from a real sound server, through PortAudio."""

import time
from pathlib import Path

import numpy as np
import pytest

from pulse import Pulse, write_wav
from sottovoce.audio.capture import LostMicrophoneError, Microphone, open_microphone
from sottovoce.audio.microphones import Listed, MicrophoneError, chosen, microphones
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray


@pytest.fixture
def room(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> Listed:
    for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
        monkeypatch.setenv(name, pulse.environment[name])
    return chosen("pulse", microphones())


def heard_for(microphone: Microphone, duration_s: float) -> FloatArray:
    sound = bytearray()
    while len(sound) < 2 * SAMPLE_RATE_HZ * duration_s:
        sound += microphone.read()
    return np.frombuffer(bytes(sound), "<i2").astype(np.float32) / 32_768


def test_what_is_played_is_heard(
    pulse: Pulse, room: Listed, sine: FloatArray, tmp_path: Path
) -> None:
    memo = write_wav(tmp_path / "sine.wav", (sine * 32_767).astype("<i2").tobytes())
    with open_microphone(room) as microphone:
        heard_for(microphone, 0.5)
        player = pulse.play(memo)
        sound = heard_for(microphone, 2.5)
        assert player.wait(120) == 0
    spectrum = np.abs(np.fft.rfft(sound))
    assert spectrum.argmax() * SAMPLE_RATE_HZ / len(sound) == pytest.approx(200.0, abs=2.0)
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.02)


def test_a_paused_microphone_does_not_listen(pulse: Pulse, room: Listed) -> None:
    with open_microphone(room) as microphone:
        heard_for(microphone, 0.5)
        microphone.pause()
        while microphone.read():
            pass
        time.sleep(0.5)
        assert microphone.read() == b""
        microphone.resume()
        assert len(heard_for(microphone, 0.5))


def test_a_reader_who_sleeps_is_told_what_was_lost(
    room: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sottovoce.audio.capture.HELD_S", 1)
    with open_microphone(room) as microphone:
        heard_for(microphone, 0.5)
        assert microphone.lost_s() == 0.0
        time.sleep(3.0)
        heard_for(microphone, 0.5)
        assert (microphone.lost_s() or np.inf) > 0.5


def test_a_microphone_that_goes_away_is_one_sentence(pulse: Pulse, room: Listed) -> None:
    with open_microphone(room) as microphone:
        heard_for(microphone, 0.5)
        pulse.die()
        with pytest.raises(LostMicrophoneError, match="'pulse' went away"):
            heard_for(microphone, 60.0)


def test_one_that_cannot_be_opened_is_one_sentence(pulse: Pulse, room: Listed) -> None:
    pulse.die()
    with (
        pytest.raises(MicrophoneError, match=r"^the microphone 'pulse' .*; "),
        open_microphone(room),
    ):
        pass
