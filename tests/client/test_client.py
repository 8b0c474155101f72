"""The client against `sottovoce serve`, as a program meets it."""

import socket
import threading
import wave
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import soundfile

from jobhands import until
from services import SAMPLES, Started, started
from sottovoce.client import (
    About,
    AddressError,
    Client,
    Job,
    JobFailedError,
    ProblemError,
    Said,
    SaidLine,
    StillWaitingError,
    UnreachableError,
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    home = tmp_path_factory.mktemp("client") / "home"
    with started(home, SOTTOVOCE_PASSPHRASE="to keep sound") as found:
        yield found


@pytest.fixture
def client(service: Started) -> Client:
    return Client(service.url, service.token)


def test_a_memo_is_heard_and_nothing_kept(client: Client) -> None:
    memo = client.analyze(SAMPLES / "even.ogg")
    assert (memo.entry_id, memo.outcome) == (None, None)
    assert memo.heard.status == "ok"
    assert memo.heard.emotion in memo.heard.emotions
    assert memo.heard.stress is not None
    assert 0 <= memo.heard.stress.low <= memo.heard.stress.value <= memo.heard.stress.high <= 1
    assert memo.heard.biomarkers["pitch_median_hz"] is not None
    assert memo.heard.whole["path"] == "recording"


def test_a_memo_in_which_nothing_is_heard_says_why(client: Client) -> None:
    heard = client.analyze(silence_s(3)).heard
    assert (heard.status, heard.emotion, heard.stress, heard.clear) == (
        "unusable", None, None, None,
    )  # fmt: skip
    assert heard.reasons


def test_what_is_said_of_a_memo_is_kept_with_it(client: Client) -> None:
    spoken = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
    about = About("nach dem Gespräch", ("evening", "work"), spoken, "Europe/Berlin")
    memo = client.analyze(SAMPLES / "bright.ogg", save=True, about=about, key="k")
    again = client.analyze(SAMPLES / "bright.ogg", save=True, about=about, key="k")
    assert (memo.outcome, again.entry_id) == ("added", memo.entry_id)
    entry = next(one for one in client.entries() if one.id == memo.entry_id)
    assert (entry.note, entry.tags, entry.zone) == (about.note, about.tags, about.zone)
    assert entry.recorded_at == spoken
    assert entry.heard.stress is not None
    assert memo.heard.stress is not None
    assert entry.heard.stress.value == memo.heard.stress.value
    assert client.entry(entry.id).heard == memo.heard


def test_sound_is_kept_and_comes_back(client: Client, tmp_path: Path) -> None:
    sound = (SAMPLES / "slow.ogg").read_bytes()
    memo = client.analyze(sound, keep_audio=True)
    assert memo.entry_id is not None
    assert client.entry(memo.entry_id).has_audio
    file = client.audio(memo.entry_id, tmp_path / "again")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (sound, 0o600)
    peaks = client.peaks(memo.entry_id, n=10)
    assert len(peaks.values) == 10
    assert 0 < max(peaks.values) <= 1


def test_words_are_kept_come_back_and_go_by_themselves(client: Client) -> None:
    key = str(client.analyze(SAMPLES / "even.ogg", save=True).entry_id)
    with pytest.raises(ProblemError) as none:
        client.transcript(key)
    assert none.value.kind == "no_entry"
    for said in (
        Said.typed("It was long.\nIch schlief schlecht. ☕"),
        Said((SaidLine("It was long.", 0.5, 1.5), SaidLine("Then I slept.", 2.0, 3.25))),
    ):
        client.keep_transcript(key, said)
        assert client.transcript(key) == said
    client.erase_transcript(key)
    client.erase_transcript(key)
    with pytest.raises(ProblemError):
        client.transcript(key)
    assert client.entry(key).id == key
    with pytest.raises(ProblemError) as backwards:
        client.keep_transcript(key, Said((SaidLine("no", 2.0, 1.0),)))
    assert backwards.value.kind == "invalid"


def test_pages_are_followed_to_the_end(client: Client) -> None:
    for name in ("even", "hurried", "slow"):
        client.analyze(SAMPLES / f"{name}.ogg", save=True)
    one_by_one = [entry.id for entry in client.entries(page=1)]
    assert one_by_one == [entry.id for entry in client.entries()]
    assert len(set(one_by_one)) >= 3
    assert list(client.entries(deleted=True)) == []


def test_trends_are_told_in_sentences(client: Client) -> None:
    trends = client.trends("pitch_median_hz", weeks=8)
    assert trends.measure == "pitch_median_hz"
    assert trends.words
    assert trends.whole["today"] == trends.today.isoformat()


def test_everything_comes_out_in_one_zip(client: Client, tmp_path: Path) -> None:
    client.analyze(SAMPLES / "even.ogg", save=True)
    file = client.export(tmp_path / "all.zip")
    assert zipfile.ZipFile(file).testzip() is None
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_long_memo_is_a_job_that_is_waited_for(client: Client) -> None:
    job = client.send(silence_s(70))
    assert isinstance(job, Job)
    assert job.look_after_s == 2.0
    with pytest.raises(StillWaitingError, match=job.id):
        client.wait(Job(job.id, "queued", None, None, None, 0.1), wait_s=0.0)
    assert client.wait(job, 120).heard.status == "unusable"
    assert client.job(job.id).state == "done"


def test_a_job_that_fails_says_why(client: Client) -> None:
    samples = np.zeros(4000 * 70, np.float32)
    samples[-4000:] = np.nan
    soundfile.write(file := BytesIO(), samples, 4000, "FLOAT", format="WAV")
    with pytest.raises(JobFailedError, match="samples that are not numbers") as failed:
        client.analyze(file.getvalue())
    assert failed.value.kind == "invalid_samples"


def test_a_refusal_is_a_problem_with_its_kind(service: Started, client: Client) -> None:
    with pytest.raises(ProblemError) as refused:
        client.analyze(b"only words about sound" * 9)
    assert (refused.value.kind, refused.value.status) == ("unsupported_format", 415)
    until(lambda: refused.value.request_id in service.log.read_text())
    with pytest.raises(ProblemError, match="There is no such job") as unknown:
        client.job("0" * 32)
    assert unknown.value.retry_after_s is None
    with pytest.raises(ProblemError) as stranger:
        Client(service.url, "sv_wrong").trends()
    assert (stranger.value.kind, "sv_wrong" in str(stranger.value)) == ("unauthenticated", False)


def test_the_token_goes_nowhere_unencrypted() -> None:
    for url in ("http://voice.example", "ftp://127.0.0.1", "127.0.0.1:8377", "http://"):
        with pytest.raises(AddressError):
            Client(url, "sv_secret")
    assert "sv_secret" not in repr(Client("https://voice.example", "sv_secret"))


@contextmanager
def answering(sent: bytes) -> Iterator[str]:
    """Somebody who answers one request with these bytes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            line, _ = door.accept()
            with line:
                line.recv(65536)
                line.sendall(sent)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        thread.join()


def test_a_torn_export_leaves_no_file(tmp_path: Path) -> None:
    torn = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
    with answering(torn) as url, pytest.raises(UnreachableError):
        Client(url, "t").export(tmp_path / "all.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_is_not_followed_and_a_proxys_words_are_not_taken_for_ours() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n"
    with answering(moved) as url, pytest.raises(ProblemError) as problem:
        Client(url, "t").trends()
    assert (problem.value.kind, problem.value.status) == ("unknown", 302)


def test_nobody_there_is_told_in_a_sentence() -> None:
    with pytest.raises(UnreachableError, match="does not answer"):
        Client("http://127.0.0.1:9", "t").trends()


def silence_s(seconds: int) -> bytes:
    """A wav in which nothing is said."""
    with wave.open(file := BytesIO(), "wb") as out:
        out.setparams((1, 1, 16_000, 0, "NONE", ""))
        out.writeframes(b"\x80" * (16_000 * seconds))
    return file.getvalue()
