"""The recorder, with a stand-in for the microphone that gives what it is told to."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import sottovoce as sv
from sottovoce.analysis.events import Summary, Warned
from sottovoce.analysis.live import LiveSession
from sottovoce.analysis.turns import State
from sottovoce.audio.decode import decode
from sottovoce.audio.reel import Reel, new_reel
from sottovoce.cli.recording import Recorder, session_from
from sottovoce.runtime import ASSETS

BEGAN = datetime(2026, 1, 2, tzinfo=UTC)


class Script:
    """Gives one piece after another; ``losses`` says what was lost before each."""

    def __init__(self, pieces: list[bytes], losses: dict[int, float | None] | None = None) -> None:
        self.pieces, self.losses, self.given = deque(pieces), losses or {}, 0
        self.listening = True

    def read(self) -> bytes:
        self.given += 1
        return self.pieces.popleft() if self.pieces else b""

    def lost_s(self) -> float | None:
        return self.losses.get(self.given, 0.0)

    def pause(self) -> None:
        self.listening = False

    def resume(self) -> None:
        self.listening = True


@pytest.fixture(scope="module")
def pcm() -> bytes:
    samples = decode(ASSETS / "samples" / "even.ogg").samples
    return np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()


@pytest.fixture
def reel(tmp_path: Path) -> Iterator[Reel]:
    with new_reel(tmp_path, BEGAN) as reel:
        yield reel


@pytest.fixture
def session() -> LiveSession:
    return session_from(sv.load_model(), BEGAN)


def test_what_is_heard_is_what_is_on_disk(pcm: bytes, reel: Reel, session: LiveSession) -> None:
    recorder = Recorder(Script([pcm[:3_001], pcm[3_001:200_000], b""]), reel, session, 60.0)
    events = [event for _ in range(3) for event in recorder.step()]
    assert b"".join(reel.chunks()) == pcm[:200_000]
    assert recorder.recorded_s == reel.duration_s == 6.25
    assert [event.to_wire()["type"] for event in events].count("partial") == 12
    summary = session.finish()[-1]
    assert isinstance(summary, Summary)
    assert summary.analysis.recorded_at == BEGAN


def test_it_ends_at_the_wished_second(pcm: bytes, reel: Reel, session: LiveSession) -> None:
    recorder = Recorder(Script([pcm[:48_000]] * 3), reel, session, 2.0)
    while not recorder.full:
        recorder.step()
    assert recorder.recorded_s == reel.duration_s == 2.0


def test_a_pause_hears_what_was_said_before(pcm: bytes, reel: Reel, session: LiveSession) -> None:
    script = Script([pcm[:32_000], pcm[32_000:64_000], pcm[64_000:96_000]])
    recorder = Recorder(script, reel, session, 60.0)
    recorder.step()
    recorder.toggle()
    assert (script.listening, session.state, recorder.recorded_s) == (False, State.PAUSED, 2.0)
    recorder.toggle()
    recorder.step()
    assert (script.listening, session.state, recorder.recorded_s) == (True, State.LISTENING, 3.0)


@pytest.mark.parametrize(
    ("lost_s", "words"), [(0.5, "0.5 s of sound came too late"), (None, "some sound came too late")]
)
def test_lost_sound_is_a_warning(
    pcm: bytes, reel: Reel, session: LiveSession, lost_s: float | None, words: str
) -> None:
    recorder = Recorder(Script([pcm[:3_200]] * 3, {2: lost_s}), reel, session, 60.0)
    events = [recorder.step() for _ in range(3)]
    warned = [[e.message for e in step if isinstance(e, Warned)] for step in events]
    assert [len(step) for step in warned] == [0, 1, 0]
    assert words in warned[1][0]
