"""Lines that are cut, taken over, silent, flooded, or full."""

import os
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from services import OTHER
from sockets import (
    SECOND_BYTES,
    Event,
    Listening,
    hear,
    kind_of,
    listening,
    say,
    speak,
    spoken,
    until,
    wait_for,
    wav_of,
)
from sottovoce.server.entrance.person import Person
from sottovoce.server.live.rules import LiveRules
from sottovoce.server.sockets import CLOSING_S

MB = 1 << 20


def cut(line: ClientConnection) -> None:
    """Break the line without a word."""
    line.socket.shutdown(socket.SHUT_RDWR)


def end_of(line: ClientConnection) -> tuple[list[Event], int]:
    """Everything until the other side closes, and the code with which it does."""
    events = []
    with suppress(ConnectionClosed):
        while True:
            events.append(hear(line))
    return events, line.close_code or 0


def back(here: Listening, session: str, after: int) -> ClientConnection:
    return here.open(f"?session={session}&after={after}")


def status_of_refusal(here: Listening, session: str, after: int = 0) -> int:
    with pytest.raises(InvalidStatus) as refused, back(here, session, after):
        pass
    return refused.value.response.status_code


def test_a_cut_line_is_taken_up_where_it_was(here: Listening) -> None:
    pcm = spoken()
    with here.open() as line:
        greeting = hear(line)
        line.send(pcm[:50_001])  # half a sample too many
        first = hear(line)
        cut(line)
    with back(here, greeting["id"], first["seq"]) as again:
        *missed, session = until(again, "session")
        assert [event["seq"] for event in missed] == [2, 3][: len(missed)]
        received = session["received_samples"]
        assert received <= 25_000
        speak(again, pcm[2 * received :])
        say(again, "stop")
        live = until(again, "summary")[-1]["analysis"]
    with here.client() as client:
        answer = client.post("/v1/analyses", files={"file": ("a.wav", wav_of(pcm))}).json()
    assert live["segments"] == answer["analysis"]["segments"]
    assert live["stress"] == answer["analysis"]["stress"]


def test_all_events_are_told_again_in_order(here: Listening) -> None:
    with here.open() as line:
        told = [hear(line)]
        line.send(spoken()[: 2 * SECOND_BYTES])
        told += [hear(line) for _ in range(4)]
        cut(line)
    with back(here, told[0]["id"], -1) as again:
        assert [hear(again) for _ in range(5)] == told
        assert hear(again)["received_samples"] == SECOND_BYTES


def test_who_missed_the_summary_gets_it(here: Listening) -> None:
    with here.open() as line:
        session = hear(line)["id"]
        say(line, "stop")
        summary = hear(line)
    with back(here, session, 0) as again:
        events, code = end_of(again)
    assert (events, code) == ([summary], 1000)


def test_a_line_is_taken_over(here: Listening) -> None:
    with here.open() as line:
        session = hear(line)["id"]
        with back(here, session, 0) as again:
            [error], code = end_of(line)
            assert (kind_of(error), code) == ("superseded", 4409)
            assert hear(again)["type"] == "session"
            line_bytes = spoken()[:SECOND_BYTES]
            again.send(line_bytes)
            assert until(again, "partial")


@pytest.mark.parametrize("after", [1, 99])
def test_what_was_never_told_cannot_be_continued(here: Listening, after: int) -> None:
    with here.open() as line:
        session = hear(line)["id"]
        assert status_of_refusal(here, session, after) == 404


def test_a_session_of_somebody_else_is_unknown(here: Listening) -> None:
    theirs = here.house.entrance.ticket(Person(OTHER))
    with here.open(f"?ticket={theirs}", token="") as line:
        session = hear(line)["id"]
        answers = []
        for name in (session, "0" * 32):
            with pytest.raises(InvalidStatus) as refused, back(here, name, 0):
                pass
            answers.append(refused.value.response)
        assert [answer.status_code for answer in answers] == [404, 404]
        problems = [bytes(answer.body or b"").split(b'"instance"')[0] for answer in answers]
        assert problems[0] == problems[1]
        say(line, "finalize")  # and nothing happened to it
        assert hear(line)["received_samples"] == 0


def test_who_closes_in_good_order_has_discarded_it(tmp_path: Path) -> None:
    with listening(tmp_path / "home") as here:
        with here.open() as line:
            session = hear(line)["id"]
        wait_for(lambda: here.house.room.sessions == 0)
        assert status_of_refusal(here, session) == 404


def test_what_is_not_come_back_to_is_gone(tmp_path: Path) -> None:
    with listening(tmp_path / "home", LiveRules(away_s=0.5)) as here:
        with here.open() as line:
            session = hear(line)["id"]
            cut(line)
        assert here.house.room.sessions == 1
        wait_for(lambda: here.house.room.sessions == 0)
        assert status_of_refusal(here, session) == 404


def test_a_silent_line_is_closed_and_signs_of_life_keep_it(tmp_path: Path) -> None:
    with listening(tmp_path / "home", LiveRules(idle_s=1.0)) as here, here.open() as line:
        hear(line)
        for _ in range(4):
            time.sleep(0.5)
            say(line, "keep_alive")
        [error], code = end_of(line)
    assert (kind_of(error), code) == ("idle", 4408)


def test_no_session_is_open_for_ever(tmp_path: Path) -> None:
    with listening(tmp_path / "home", LiveRules(open_s=0.5)) as here, here.open() as line:
        session = hear(line)["id"]
        time.sleep(0.6)
        say(line, "keep_alive")
        [error], code = end_of(line)
        assert (kind_of(error), code) == ("too_long", 1008)
        assert status_of_refusal(here, session) == 404


def test_a_recording_ends_somewhere_and_can_be_stopped_then(tmp_path: Path) -> None:
    with listening(tmp_path / "home", LiveRules(duration_s=2.0)) as here, here.open() as line:
        line.send(spoken()[: 2 * SECOND_BYTES])
        line.send(bytes(2))
        assert kind_of(until(line, "error")[-1]) == "too_long"
        say(line, "stop")
        assert until(line, "summary")[-1]["analysis"]["recording"]["duration_s"] == 2.0


def test_when_all_places_are_taken_the_next_is_told(tmp_path: Path) -> None:
    with listening(tmp_path / "home", LiveRules(sessions=1)) as here, here.open() as line:
        hear(line)
        with pytest.raises(InvalidStatus) as refused, here.open():
            pass
        assert refused.value.response.status_code == 503
        assert refused.value.response.headers["Retry-After"] == "2"
        with here.open(headers={"Origin": here.url}) as page:
            [error], code = end_of(page)
        assert (kind_of(error), code) == ("busy", 1013)
        say(line, "stop")
        until(line, "summary")
        with here.open() as again:
            assert hear(again)["type"] == "session"


def test_one_of_many_people_has_fewer_places(tmp_path: Path) -> None:
    rules = LiveRules(sessions=3, each=1)
    with listening(tmp_path / "home", rules, people=True) as here:
        ada, ben = (here.house.entrance.ticket(Person(name)) for name in ("ada", "ben"))
        with (
            here.open(f"?ticket={ada}", token="") as hers,
            here.open(f"?ticket={ben}", token="") as his,
        ):
            assert (hear(hers)["type"], hear(his)["type"]) == ("session", "session")
            more = here.house.entrance.ticket(Person("ada"))
            with here.open(f"?ticket={more}", token="") as another:
                assert end_of(another)[1] == 1013


def test_a_frame_over_64_kib_closes_the_line_and_nothing_is_lost(here: Listening) -> None:
    with here.open() as line:
        session = hear(line)["id"]
        line.send(bytes(65_537))
        _, code = end_of(line)
    assert code == 1009
    with back(here, session, 0) as again:
        assert hear(again)["received_samples"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{",
        "[]",
        "null",
        '{"type": "my-private-value"}',
        '{"type": "stop", "my-private-value": 1}',
        '{"type": "stop", "zone": "my-private-value"}',
        '{"type": "lost", "seconds": NaN}',
        '{"type": "lost", "seconds": -1}',
        '{"type": "stop", "note": "\\ud800"}',
        "[" * 30_000,
        '{"a":' * 10_000,
        "UklGRiQAAABXQVZFZm10IBAAAAABAAEA",
    ],
)
def test_text_that_is_no_message_is_refused_without_its_words(here: Listening, text: str) -> None:
    with here.open() as line:
        hear(line)
        line.send(text)
        error = hear(line)
        assert kind_of(error) == "bad_message"
        assert "my-private-value" not in str(error)
        say(line, "finalize")
        assert hear(line)["type"] == "session"


def test_after_many_faults_the_line_is_closed(here: Listening) -> None:
    with here.open() as line:
        hear(line)
        for _ in range(16):
            line.send("nonsense")
        errors, code = end_of(line)
    assert code == 1008
    assert kind_of(errors[-1]) == "too_many_faults"
    assert len(errors) == 17


def test_frames_of_any_odd_size_are_taken(here: Listening) -> None:
    with here.open() as line:
        for length in (0, 1, 1, 1, 3, 0, 5):
            line.send(bytes(length))
        say(line, "finalize")
        assert until(line, "session")[-1]["received_samples"] == 0
        assert until(line, "session")[-1]["received_samples"] == 5


def test_bytes_that_are_no_utf_8_close_the_line(here: Listening) -> None:
    with here.open() as line:
        hear(line)
        line.send(b"\xff\xfe", text=True)
        assert end_of(line)[1] == 1007


def test_a_flood_is_slowed_and_nothing_of_it_is_lost(here: Listening) -> None:
    """Ten minutes at once: the line waits, others are heard between, memory stays."""
    pcm = bytes(600 * SECOND_BYTES)
    before = resident_bytes()
    with here.open() as flood, here.open() as calm:
        hear(calm)
        sender = Sender(flood, pcm)
        for n in range(4):
            calm.send(spoken()[n * 16_000 : (n + 1) * 16_000])
            assert hear(calm)["time_s"] == (n + 1) / 2
        assert not sender.done
        events = until(flood, "summary")
    assert [event["seq"] for event in events] == list(range(len(events)))
    assert events[-1]["analysis"]["recording"]["duration_s"] == 600.0
    assert resident_bytes() - before < 50 * MB


class Sender:
    """Sends sound as fast as the line takes it, and then `stop`."""

    def __init__(self, line: ClientConnection, pcm: bytes) -> None:
        from threading import Thread

        self.done = False
        self._line, self._pcm = line, pcm
        Thread(target=self._send, daemon=True).start()

    def _send(self) -> None:
        speak(self._line, self._pcm, [64 * 1024])
        say(self._line, "stop")
        self.done = True


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_half_open_line_is_closed_within_30_seconds(here: Listening) -> None:
    rules = here.house.room.rules
    assert rules.idle_s + CLOSING_S < 30
    head = (
        f"GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {here.token}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", here.port), timeout=30) as line:
        line.sendall(head.encode() + b"\x82\xfe\xff\xff")  # and the beginning of a frame
        begun_s = time.monotonic()
        while line.recv(65_536):
            pass
        assert 20 < time.monotonic() - begun_s < 30


def test_when_the_service_stops_all_are_told(tmp_path: Path) -> None:
    with listening(tmp_path / "home") as here, here.open() as line, here.open() as other:
        session = hear(line)["id"]
        hear(other)
        line.send(spoken()[:SECOND_BYTES])
        here.server.should_exit = True
        events, code = end_of(line)
        assert (kind_of(events[-1]), code) == ("shutdown", 1012)
        assert end_of(other)[1] == 1012
        with pytest.raises((InvalidStatus, OSError)), back(here, session, 0):
            pass
