"""Kept sound over HTTP: kept when asked, read from any place, drawn once, its owner's alone."""

import io
import json
import time
import wave
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journals import Forgetful, memo
from services import OTHER, SAMPLES, Service, served
from sockets import hear, kind_of, listening, say, speak, spoken, until
from sottovoce.audio.decode import decode
from sottovoce.audio.waveform import waveform_of
from sottovoce.jobs.drawing import decoded
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.schema import ChunkRow, WaveformRow
from sottovoce.journal.sounds import kept_sounds

SOUND = (SAMPLES / "even.ogg").read_bytes()
KEEP = "/v1/analyses?keep_audio=true"


@pytest.fixture
def address(service: Service) -> str:
    """Of an entry whose sound was kept."""
    kept = service.post_memo(KEEP)
    assert (kept.status_code, kept.json()["outcome"]) == (201, "added")
    return str(kept.headers["location"])


def test_the_sound_comes_back_as_it_was_sent(service: Service, address: str) -> None:
    answer = service.client.get(f"{address}/audio")
    assert (answer.status_code, answer.content) == (200, SOUND)
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "no-store"
    assert service.client.get(address).json()["has_audio"] is True
    assert [one["has_audio"] for one in page(service)] == [True]
    with zipfile.ZipFile(io.BytesIO(service.client.get("/v1/export").content)) as exported:
        assert exported.read(f"audio/{address.rpartition('/')[2]}.ogg") == SOUND


def page(service: Service) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = service.client.get("/v1/entries").json()["entries"]
    return found


def test_no_sound_is_kept_unasked(service: Service) -> None:
    address = service.post_memo("/v1/analyses?save=true").headers["location"]
    assert service.journal().sounds() == {}
    assert [one["has_audio"] for one in page(service)] == [False]
    for part in ("audio", "peaks"):
        answer = service.client.get(f"{address}/{part}")
        assert (answer.status_code, answer.json()["type"]) == (
            404,
            "urn:sottovoce:problem:no_sound",
        )


def test_an_entry_that_is_there_already_gets_its_sound(service: Service) -> None:
    service.post_memo("/v1/analyses?save=true")
    again = service.post_memo(KEEP)
    assert (again.status_code, again.json()["outcome"]) == (200, "already there")
    assert list(service.journal().sounds().values()) == [".ogg"]


N = len(SOUND)


@pytest.mark.parametrize(
    ("named", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        ("bytes=100-", 100, N),
        ("bytes=-100", N - 100, N),
        (f"bytes=10-{10**12}", 10, N),
        (f"bytes=-{10**12}", 0, N),
    ],
)
def test_any_part_of_it(service: Service, address: str, named: str, start: int, end: int) -> None:
    answer = service.client.get(f"{address}/audio", headers={"Range": named})
    assert (answer.status_code, answer.content) == (206, SOUND[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{N}"
    assert answer.headers["content-length"] == str(end - start)
    assert answer.headers["content-type"] == "audio/ogg"


@pytest.mark.parametrize(
    "named", ["seconds=0-1", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5"]
)
def test_what_names_no_one_part_gets_the_whole(service: Service, address: str, named: str) -> None:
    answer = service.client.get(f"{address}/audio", headers={"Range": named})
    assert (answer.status_code, len(answer.content)) == (200, N)


@pytest.mark.parametrize("named", [f"bytes={N}-", f"bytes={10**17}-", "bytes=-0"])
def test_a_part_behind_the_end(service: Service, address: str, named: str) -> None:
    answer = service.client.get(f"{address}/audio", headers={"Range": named})
    assert (answer.status_code, answer.json()["type"]) == (416, "urn:sottovoce:problem:no_range")
    assert answer.headers["content-range"] == f"bytes */{N}"


def test_parts_across_the_chunks_that_it_is_sealed_in(service: Service) -> None:
    noise = np.random.default_rng(1).integers(-9000, 9000, 16_000 * 7, dtype=np.int16).tobytes()
    with wave.open(file := io.BytesIO(), "wb") as written:
        written.setparams((1, 2, 16_000, 0, "NONE", ""))
        written.writeframes(noise)
    sound = file.getvalue()
    files = {"file": ("m", sound)}
    address = service.client.post(KEEP, files=files).headers["location"]
    for start, end in ((65_530, 65_542), (65_536, 131_072), (0, 131_073), (3, len(sound))):
        named = {"Range": f"bytes={start}-{end - 1}"}
        answer = service.client.get(f"{address}/audio", headers=named)
        assert answer.content == sound[start:end]


def test_the_waveform_is_that_of_the_sound(service: Service, address: str) -> None:
    samples = decode(SAMPLES / "even.ogg").samples
    whole = service.client.get(f"{address}/peaks?n=4096").json()
    assert whole["duration_s"] == len(samples) / 16_000
    assert len(whole["peaks"]) == -(-len(samples) // 160)
    assert whole["peaks"][7] == pytest.approx(np.abs(samples[1120:1280]).max(), abs=1e-4)
    few = service.client.get(f"{address}/peaks?n=10").json()["peaks"]
    assert len(few) == 10
    assert max(few) == max(whole["peaks"]) == pytest.approx(np.abs(samples).max(), abs=1e-4)


def test_a_waveform_is_drawn_once(
    service: Service, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = service.client.get(f"{address}/peaks").json()

    def never(_sound: bytes) -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr("sottovoce.jobs.drawing.decoded", never)
    assert service.client.get(f"{address}/peaks").json() == first


def test_what_a_job_kept_is_drawn_before_somebody_asks(service: Service) -> None:
    sent = service.client.post(KEEP, files={"file": ("m", SOUND)}, headers={"Idempotency-Key": "1"})
    assert sent.status_code == 201
    until_s = time.monotonic() + 60
    while not waveforms(service) and time.monotonic() < until_s:
        time.sleep(0.05)
    assert len(waveforms(service)) == 1


def waveforms(service: Service) -> list[bytes]:
    """Those that are kept, locked."""
    with service.journal().reading() as owned:
        rows = owned.stream(owned.select(WaveformRow, WaveformRow.locked))
        return [row.locked for row in rows]


def test_how_many_peaks_is_bounded(service: Service, address: str) -> None:
    for n in ("0", "-1", "4097", "x"):
        assert service.client.get(f"{address}/peaks?n={n}").status_code == 422


def test_an_hour_is_drawn_in_few_bytes() -> None:
    second = np.linspace(0, 0.5, 16_000, dtype=np.float32)
    hour = waveform_of([second] * 3600)
    assert hour.duration_s == 3600
    assert len(hour.to_bytes()) < 1 << 16
    assert hour.drawn(3600).min() > 0.3
    again = type(hour).from_bytes(hour.to_bytes())
    np.testing.assert_allclose(again.peaks, hour.peaks, atol=1e-5)


def test_nothing_of_the_sound_can_be_read_in_the_journal(service: Service, address: str) -> None:
    service.client.get(f"{address}/peaks")
    plain = decoded(SOUND).to_bytes()
    with service.journal().reading() as owned:
        sealed = [row.sealed for row in owned.stream(owned.select(ChunkRow, ChunkRow.sealed))]
    drawn = waveforms(service)
    assert len(drawn) == 1
    for kept in sealed + drawn:
        assert SOUND[:32] not in kept
        assert plain[8:40] not in kept


def test_what_is_deleted_is_not_heard_and_what_is_erased_is_gone(
    service: Service, address: str
) -> None:
    service.client.get(f"{address}/peaks")
    service.client.delete(address)
    for part in ("audio", "peaks"):
        kind = service.client.get(f"{address}/{part}").json()["type"]
        assert kind == "urn:sottovoce:problem:no_entry"
    service.client.delete(f"{address}?for_good=true")
    with service.journal().reading() as owned:
        assert owned.first(owned.select(ChunkRow, ChunkRow.number)) is None
        assert owned.first(owned.select(WaveformRow, WaveformRow.entry_id)) is None


def test_kept_sound_is_its_owners(service: Service, address: str) -> None:
    entry_id = address.rpartition("/")[2]
    heard = service.journal().entry(entry_id).analysis
    theirs = service.journal(OTHER).add(memo(3))
    assert heard
    for part in ("audio", "peaks"):
        answer = service.client.get(f"/v1/entries/{theirs.entry.id}/{part}")
        assert answer.json()["type"] == "urn:sottovoce:problem:no_entry"
        assert service.anonymous.get(f"{address}/{part}").status_code == 401


def test_a_job_keeps_the_sound_too(service: Service) -> None:
    key = {"Idempotency-Key": "with-its-sound"}
    answer = service.post_memo(KEEP, name="slow", headers=key)
    assert answer.status_code == 201, answer.text
    sound = service.client.get(f"{answer.headers['location']}/audio").content
    assert sound == (SAMPLES / "slow.ogg").read_bytes()
    without = service.post_memo("/v1/analyses?save=true", name="slow", headers=key)
    assert without.json()["type"] == "urn:sottovoce:problem:key_reused"


def test_without_a_key_to_lock_it_nothing_is_heard(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with served(home, Locksmith(home)) as service:
        answer = service.post_memo(KEEP)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:sottovoce:problem:no_key")
        assert service.journal().count() == 0
        kept = service.post_memo("/v1/analyses?save=true")
        assert kept.status_code == 201
        words = f"/v1/entries/{kept.json()['entry_id']}/transcript"
        assert service.client.get(words).json()["type"] == "urn:sottovoce:problem:no_entry"
        told = service.client.put(words, json={"text": "said"})
        assert (told.status_code, told.json()["type"]) == (422, "urn:sottovoce:problem:no_key")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    found = tmp_path / "live"
    found.mkdir()
    return found


def test_a_live_session_keeps_its_sound_only_where_it_was_asked_to(home: Path) -> None:
    keyring = Forgetful()
    with listening(home, locksmith=Locksmith(home, keyring=lambda: keyring)) as port:
        journal = port.house.journal_of("me")
        with port.open("?keep_audio=true") as line:
            session = hear(line)["id"]
            speak(line, spoken()[:64_001])
            say(line, "finalize")
            *_, seen = until(line, "session")
            line.socket.close()
        with port.open(f"?session={session}&after={seen['seq']}") as line:
            told = until(line, "session")[-1]
            speak(line, spoken()[2 * told["received_samples"] :])
            say(line, "stop", save=True)
            summary = until(line, "summary")[-1]
        with port.client() as client:
            sound = client.get(f"/v1/entries/{summary['entry_id']}/audio")
            peaks = client.get(f"/v1/entries/{summary['entry_id']}/peaks").json()
            again = client.post(KEEP, files={"file": ("m", sound.content)}).json()
        assert sound.headers["content-type"] == "audio/wav"
        with wave.open(io.BytesIO(sound.content)) as file:
            assert file.readframes(file.getnframes()) == spoken()
        assert peaks["duration_s"] == len(spoken()) / 32_000
        assert again["outcome"] == "already there"

        with port.open() as line:
            speak(line, spoken("slow"))
            say(line, "stop", save=True)
            unkept = until(line, "summary")[-1]["entry_id"]
        with port.open("?keep_audio=true") as line:
            speak(line, spoken("bright"))
            say(line, "stop")
            until(line, "summary")
        with journal.reading() as owned:
            assert list(kept_sounds(owned)) == [summary["entry_id"]]
        assert journal.entry(unkept)


def test_a_live_session_whose_sound_could_not_be_locked_is_not_opened(home: Path) -> None:
    with listening(home, locksmith=Locksmith(home)) as port:
        with port.client() as client:
            ticket = client.post("/v1/tickets").json()["ticket"]
        with port.open(f"?keep_audio=true&ticket={ticket}", token="") as line:
            assert kind_of(json.loads(line.recv())) == "no_key"
