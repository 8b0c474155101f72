"""The service as it meets the network: `sottovoce serve`, and bytes on a line."""

import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from jobhands import alive, descendants, until
from services import SAMPLES, Started, free_port, read_all, started, wait_until_alive
from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.server.protocol import HEAD_S, STUCK_S

OWN = b"Host: 127.0.0.1\r\n"


def head(line: bytes, *lines: bytes, service: Started) -> bytes:
    """The head of a request with the token."""
    token = f"Authorization: Bearer {service.token}\r\n".encode()
    return (
        line + b" HTTP/1.1\r\n" + OWN + token + b"".join(one + b"\r\n" for one in lines) + b"\r\n"
    )


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def body_of(answer: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return found


def test_200_megabytes_are_refused_before_they_are_sent(real: Started) -> None:
    answer = real.exchange(
        head(
            b"POST /analyze-stress",
            b"Content-Type: multipart/form-data; boundary=b",
            b"Content-Length: 200000000",
            b"Expect: 100-continue",
            service=real,
        )
    )
    assert status_of(answer) == 413
    assert body_of(answer)["type"] == "urn:sottovoce:problem:too_large"


def test_a_body_without_a_length_is_counted(real: Started) -> None:
    with real.connect() as line:
        line.sendall(
            head(
                b"POST /analyze-stress",
                b"Content-Type: multipart/form-data; boundary=b",
                b"Transfer-Encoding: chunked",
                service=real,
            )
        )
        part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        line.sendall(b"%x\r\n%s\r\n" % (len(part), part))
        piece = b"%x\r\n%s\r\n" % (1 << 20, bytes(1 << 20))
        sent = 0
        try:
            for _ in range(200):
                line.sendall(piece)
                sent += 1
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = read_all(line)
    assert sent < 100
    assert not answer or status_of(answer) == 413


def test_a_head_of_a_megabyte_is_refused(real: Started) -> None:
    answer = real.exchange(
        b"GET /healthz HTTP/1.1\r\n" + OWN + b"X: " + b"a" * (1 << 20) + b"\r\n\r\n"
    )
    assert not answer or (status_of(answer), body_of(answer)["status"]) == (400, 400)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /healthz HTTP/1.1\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
        b"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
        b"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
        b"Content-Length: 6\r\n\r\nabcdef",
    ],
)
def test_what_is_no_http_is_a_problem_without_its_words(real: Started, sent: bytes) -> None:
    answer = real.exchange(sent)
    assert status_of(answer) == 400
    assert b"content-type: application/problem+json" in answer.lower()
    assert body_of(answer)["type"] == "urn:sottovoce:problem:bad_request"


UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (OWN + b"Origin: https://evil.example\r\n", 403),
        (OWN + b"Origin: null\r\n", 403),
        (OWN + b"Sec-Fetch-Site: cross-site\r\n", 403),
        (b"Host: evil.example\r\n", 421),
    ],
)
def test_sockets_of_other_origins_are_not_opened(real: Started, lines: bytes, status: int) -> None:
    answer = real.exchange(b"GET /v1/live HTTP/1.1\r\n" + lines + UPGRADE + b"\r\n")
    assert status_of(answer) == status
    assert b"application/problem+json" in answer


def test_http_1_0_without_a_host_is_refused(real: Started) -> None:
    answer = real.exchange(b"GET /healthz HTTP/1.0\r\n\r\n")
    assert status_of(answer) == 421


HALF = {
    "nothing": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: 127.0",
    "half a body": b"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b'Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"secret": "',
    "a head that drips": b"GET /healthz HTTP/1.1\r\nX: ",
    "a body that drips": b"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n",
}


def open_for_s(service: Started, name: str) -> float:
    """How long a line stays open on which no more comes, or one byte each half second."""
    with service.connect() as line:
        begun_s = time.monotonic()
        line.sendall(HALF[name])
        line.settimeout(0.5)
        while time.monotonic() - begun_s < 40:
            try:
                if "drips" in name:
                    line.sendall(b"a")
                if not line.recv(4096):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        return time.monotonic() - begun_s


def test_half_open_lines_are_closed_within_30_seconds(real: Started) -> None:
    with ThreadPoolExecutor(len(HALF)) as threads:
        waits = threads.map(lambda name: open_for_s(real, name), HALF)
        found = dict(zip(HALF, waits, strict=True))
    assert max(found.values()) < 30, found
    assert min(found.values()) > 5, found


def test_patience_is_shorter_than_30_seconds() -> None:
    assert max(HEAD_S, STUCK_S) + 5.0 < 30


def test_a_slow_but_steady_upload_is_heard(real: Started) -> None:
    sound = (SAMPLES / "even.ogg").read_bytes()
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = part + sound + b"\r\n--b--\r\n"
    with real.connect() as line:
        line.sendall(
            head(
                b"POST /analyze-stress",
                b"Content-Type: multipart/form-data; boundary=b",
                f"Content-Length: {len(body)}".encode(),
                b"Connection: close",
                service=real,
            )
        )
        step = len(body) // 13
        for start in range(0, len(body), step):
            line.sendall(body[start : start + step])
            time.sleep(1.0)
        answer = read_all(line)
    assert status_of(answer) == 200
    assert "stress_score" in body_of(answer)


def memo_request(service: Started, sound: bytes) -> bytes:
    """A whole request at the simple door."""
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = part + sound + b"\r\n--b--\r\n"
    named = f"Content-Length: {len(body)}".encode()
    kind = b"Content-Type: multipart/form-data; boundary=b"
    return head(b"POST /analyze-stress", kind, named, b"Connection: close", service=service) + body


def long_memo() -> bytes:
    """Fifty seconds of speech as a wav file."""
    samples = decode(SAMPLES / "even.ogg").samples
    again = np.resize(samples, 50 * SAMPLE_RATE_HZ)
    with wave.open(file := io.BytesIO(), "wb") as written:
        written.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        written.writeframes((again * 32767).astype("<i2").tobytes())
    return file.getvalue()


def test_who_leaves_before_the_answer_harms_nobody(real: Started) -> None:
    for _ in range(3):
        with real.connect() as line:
            line.sendall(memo_request(real, long_memo()))
    answer = real.exchange(memo_request(real, (SAMPLES / "even.ogg").read_bytes()))
    assert status_of(answer) == 200


def test_what_was_begun_is_finished_before_it_ends(tmp_path: Path) -> None:
    with started(tmp_path / "home") as service, service.connect() as line:
        line.sendall(memo_request(service, long_memo()))
        time.sleep(0.3)  # the body is there, and is being heard
        service.process.send_signal(signal.SIGTERM)
        answer = read_all(line)
        service.process.wait(60)
    assert status_of(answer) == 200
    assert "stress_score" in body_of(answer)


def test_a_code_for_one_browser_is_printed_where_someone_looks(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    port = free_port()
    command = [str(Path(sys.executable).parent / "sottovoce"), "serve", "--port", str(port)]
    settings = {**os.environ, "SOTTOVOCE_HOME": str(tmp_path)}
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=settings)
    os.close(theirs)
    try:
        code = os.read(ours, 4096).decode().rpartition("#code=")[2].strip()
        service = Started(process, port, tmp_path, tmp_path / "none")
        wait_until_alive(service)
        body = json.dumps({"secret": code}).encode()
        named = [b"Content-Type: application/json", f"Content-Length: {len(body)}".encode()]
        request = head(b"POST /v1/session", *named, b"Connection: close", service=service) + body
        assert [status_of(service.exchange(request)) for _ in range(2)] == [204, 401]
    finally:
        process.terminate()
        process.wait(60)
        os.close(ours)


def test_many_requests_on_one_line(real: Started) -> None:
    ask = head(b"GET /v1/models", service=real)
    last = head(b"GET /v1/models", b"Connection: close", service=real)
    answer = real.exchange(ask * 20 + last)
    assert answer.count(b"HTTP/1.1 200 OK") == 21


def test_the_log_is_lines_of_json_without_anything_private(real: Started) -> None:
    real.exchange(
        head(b"GET /v1/entries?cursor=my-private-cursor", b"Connection: close", service=real)
    )
    lines = [json.loads(line) for line in real.log.read_text().splitlines()]
    assert {"time", "level", "logger", "event"} <= set(lines[0])
    text = real.log.read_text()
    assert "my-private-cursor" not in text
    assert real.token not in text
    assert any(line.get("route") == "/v1/entries" for line in lines)


def test_killed_it_leaves_no_process_behind(tmp_path: Path) -> None:
    with started(tmp_path / "home") as service:
        family = descendants(service.process.pid)
        service.process.kill()
        service.process.wait(60)
    assert family
    until(lambda: not any(map(alive, family)))
