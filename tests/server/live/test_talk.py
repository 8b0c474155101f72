"""What is said over the live socket, from the greeting to the summary."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from sockets import SECOND_BYTES, Event, Listening, hear, kind_of, say, speak, spoken, until, wav_of
from sottovoce.domain import SAMPLE_RATE_HZ

chunkings = st.lists(st.integers(0, 64 * 1024), min_size=1, max_size=12).filter(
    lambda lengths: sum(lengths) > 4_000
)
FROM_ELSEWHERE = ("path", "elapsed_s")


def told(here: Listening, pcm: bytes, lengths: list[int], **stop: object) -> list[Event]:
    """Every event of a recording that is spoken and stopped."""
    with here.open() as line:
        speak(line, pcm, lengths)
        say(line, "stop", **stop)
        events = until(line, "summary")
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1000
    return events


def whole(here: Listening, pcm: bytes) -> Event:
    with here.client() as client:
        answer = client.post("/v1/analyses", files={"file": ("a.wav", wav_of(pcm))})
    found: Event = answer.json()["analysis"]
    return found


def without_origin(analysis: Event) -> Event:
    """Every number, but for where it came from and how long it took."""
    recording = {
        name: value
        for name, value in analysis["recording"].items()
        if name not in ("sha256", "recorded_at")
    }
    rest = {name: value for name, value in analysis.items() if name not in FROM_ELSEWHERE}
    return {**rest, "recording": recording}


@settings(max_examples=6, deadline=None)
@given(lengths=chunkings)
@pytest.mark.parametrize("name", ["even", "hurried"])
def test_any_chunking_gives_the_answer_of_the_whole(
    shared_listening: Listening, name: str, lengths: list[int]
) -> None:
    live = told(shared_listening, spoken(name), lengths)[-1]["analysis"]
    assert live["status"] == "ok"
    assert without_origin(live) == without_origin(whole(shared_listening, spoken(name)))


def test_events_are_numbered_and_a_partial_comes_each_half_second(here: Listening) -> None:
    pcm = spoken()
    events = told(here, pcm, [3_200])
    assert [event["seq"] for event in events] == list(range(len(events)))
    assert events[0]["type"] == "session"
    times = [event["time_s"] for event in events if event["type"] == "partial"]
    assert times == [0.5 * (1 + n) for n in range(len(pcm) // 16_000)]
    finals = [event for event in events if event["type"] == "final"]
    segments = events[-1]["analysis"]["segments"]
    assert [{name: one[name] for name in segments[0]} for one in finals] == segments


def test_what_cannot_be_heard_is_an_answer_too(here: Listening) -> None:
    with here.open() as line:
        say(line, "stop")
        [*_, summary] = until(line, "summary")
    assert summary["analysis"]["status"] == "unusable"
    assert summary["entry_id"] is None


def test_finalize_tells_all_that_was_heard_and_goes_on(here: Listening) -> None:
    pcm = spoken()
    with here.open() as line:
        hear(line)
        line.send(pcm[: 2 * SECOND_BYTES])
        say(line, "finalize")
        *partials, mark = until(line, "session")
        assert [event["type"] for event in partials] == ["partial"] * 4
        assert mark["received_samples"] == 2 * SAMPLE_RATE_HZ
        speak(line, pcm[2 * SECOND_BYTES :])
        say(line, "stop")
        summary = until(line, "summary")[-1]
    assert without_origin(summary["analysis"]) == without_origin(whole(here, pcm))


def test_a_pause_takes_no_sound_and_says_so(here: Listening) -> None:
    with here.open() as line:
        hear(line)
        say(line, "pause")
        line.send(bytes(320))
        error = hear(line)
        assert kind_of(error) == "wrong_turn"
        assert (error["problem"]["expected"], error["problem"]["found"]) == (
            ["listening"],
            "paused",
        )
        say(line, "pause")
        assert hear(line)["problem"]["found"] == "paused"
        say(line, "resume")
        say(line, "resume")
        assert hear(line)["problem"]["expected"] == ["paused"]
        say(line, "finalize")
        assert hear(line)["received_samples"] == 0


def test_lost_sound_is_a_warning(here: Listening) -> None:
    with here.open() as line:
        hear(line)
        say(line, "lost", seconds=1.5)
        assert hear(line)["about"] == "late"
        say(line, "lost")
        assert "some sound" in hear(line)["message"]


def test_a_quiet_voice_is_warned(here: Listening) -> None:
    with here.open() as line:
        speak(line, bytes(8 * SECOND_BYTES), [64_000])
        assert until(line, "warning")[-1]["about"] == "too_quiet"


def test_saved_it_is_one_entry_with_its_note(here: Listening) -> None:
    pcm = spoken()
    wish = {"save": True, "note": "after the talk", "tags": ["work"], "zone": "Europe/Berlin"}
    first, second = (told(here, pcm, [9_999], **wish)[-1] for _ in range(2))
    assert (first["outcome"], second["outcome"]) == ("added", "already there")
    assert first["entry_id"] == second["entry_id"]
    with here.client() as client:
        [entry] = client.get("/v1/entries").json()["entries"]
        kept = client.get(f"/v1/entries/{entry['id']}").json()
    assert (entry["id"], kept["note"], kept["tags"]) == (
        first["entry_id"],
        "after the talk",
        ["work"],
    )


def test_not_saved_it_is_nowhere(here: Listening) -> None:
    assert told(here, spoken(), [9_999])[-1]["entry_id"] is None
    with here.client() as client:
        assert client.get("/v1/entries").json()["entries"] == []
