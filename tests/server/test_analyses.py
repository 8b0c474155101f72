"""Memos over HTTP: the simple door, analyses, jobs, and what a key stands for."""

import io
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services import SAMPLES, Service, served
from sottovoce.analysis.pipeline import analyze
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.domain import SAMPLE_RATE_HZ
from voices import voice

SIMPLE = ["emotion", "confidence", "stress_score", "status", "reasons"]


def wav(duration_s: float, silent: bool = False) -> bytes:
    """A held vowel, or silence."""
    samples = (
        np.zeros(round(duration_s * SAMPLE_RATE_HZ)) if silent else voice(130.0, duration_s).samples
    )
    with wave.open(file := io.BytesIO(), "wb") as written:
        written.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        written.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


def sent(service: Service, sound: bytes, path: str = "/v1/analyses", **more: Any) -> Any:
    return service.client.post(path, files={"file": ("private-name.wav", sound)}, **more)


def ended(service: Service, address: str) -> dict[str, Any]:
    """A job at its end."""
    until_s = time.monotonic() + 120
    while time.monotonic() < until_s:
        answer = service.client.get(address)
        found: dict[str, Any] = answer.json()
        if found["state"] in ("done", "failed"):
            assert "retry-after" not in answer.headers
            return found
        assert answer.headers["retry-after"] == "2"
        time.sleep(0.1)
    raise TimeoutError(address)


def test_the_simple_door_says_what_the_library_says(service: Service) -> None:
    heard = analysis_to_wire(analyze(SAMPLES / "even.ogg"))
    answer = service.post_memo("/analyze-stress")
    assert (answer.status_code, list(answer.json())) == (200, SIMPLE)
    assert answer.json()["emotion"] == heard["emotion"]
    assert answer.json()["confidence"] == heard["confidence"]
    assert answer.json()["stress_score"] == heard["stress"]["value"]


def test_an_analysis_is_the_librarys_without_the_files_name(service: Service) -> None:
    heard = analysis_to_wire(analyze(SAMPLES / "hurried.ogg"))
    answer = service.post_memo(name="hurried")
    assert (answer.status_code, answer.json()["entry_id"]) == (200, None)
    said = answer.json()["analysis"]
    differ = {"path": "recording", "elapsed_s": said["elapsed_s"]}
    assert said == {**heard, **differ}
    assert service.journal().count() == 0


@pytest.mark.parametrize("path", ["/analyze-stress", "/v1/analyses"])
def test_silence_is_an_answer(service: Service, path: str) -> None:
    answer = sent(service, wav(2.0, silent=True), path)
    assert answer.status_code == 200
    found = answer.json().get("analysis", answer.json())
    assert (found["status"], found["emotion"], found["confidence"]) == ("unusable", None, None)
    assert found["reasons"]


def bad_files() -> dict[str, tuple[bytes, int, str]]:
    """The bad input of the library, as it is told over HTTP."""
    whole = (SAMPLES / "even.ogg").read_bytes()
    return {
        "empty": (b"", 422, "empty"),
        "text": (b"this is no sound", 415, "unsupported_format"),
        "playlist": (b"#EXTM3U\nfile:///etc/passwd\n", 415, "unsupported_format"),
        "page": (b"<!doctype html><script>alert(1)</script>", 415, "unsupported_format"),
        "image": (b"\x89PNG\r\n\x1a\n" + bytes(64), 415, "unsupported_format"),
        "zip": (b"PK\x03\x04" + bytes(64), 415, "unsupported_format"),
        "half a header": (whole[:30], 422, "corrupt"),
        "head alone": (b"RIFF\xff\xff\xff\xffWAVEfmt ", 422, "corrupt"),
        "garbage in ogg": (whole[:200] + bytes(range(256)) * 20, 422, "corrupt"),
        "too long": (wav(21.0), 422, "too_long"),
    }


@pytest.mark.parametrize("name", bad_files())
def test_bad_files_at_the_simple_door(service: Service, name: str) -> None:
    sound, status, kind = bad_files()[name]
    answer = sent(service, sound, "/analyze-stress")
    assert (answer.status_code, answer.json()["type"]) == (
        status,
        f"urn:sottovoce:problem:{kind}",
    )
    assert "private-name" not in answer.text
    assert service.post_memo("/analyze-stress").status_code == 200


def test_a_form_without_the_file(service: Service) -> None:
    other = service.client.post("/analyze-stress", files={"other": b"x"})
    field = service.client.post("/analyze-stress", data={"file": "text"}, files={"other": b"x"})
    for answer in (other, field):
        assert answer.json()["type"] == "urn:sottovoce:problem:no_file"


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("application/json", "unsupported_media_type"),
        ("audio/wav", "unsupported_media_type"),
        ("multipart/form-data", "bad_form"),
        ("multipart/form-data; boundary=" + "b" * 200, "bad_form"),
        ("", "unsupported_media_type"),
    ],
)
def test_what_is_no_form(service: Service, named: str, kind: str) -> None:
    answer = service.client.post(
        "/analyze-stress", content=b"--b\r\n", headers={"Content-Type": named}
    )
    assert answer.json()["type"] == f"urn:sottovoce:problem:{kind}"


def test_ten_thousand_parts(service: Service) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = service.client.post(
        "/analyze-stress", content=part * 10_000 + b"--b--\r\n", headers=headers
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:sottovoce:problem:bad_form")


def test_a_saved_memo_is_an_entry_once(service: Service) -> None:
    fields = {"note": "after the talk", "tags": "work, evening", "zone": "Europe/Berlin"}
    first = service.post_memo("/v1/analyses?save=true", data=fields)
    again = service.post_memo("/v1/analyses?save=true", data=fields)
    entry_id = first.json()["entry_id"]
    assert (first.status_code, first.json()["outcome"]) == (201, "added")
    assert first.headers["location"] == f"/v1/entries/{entry_id}"
    assert (again.status_code, again.json()["outcome"]) == (200, "already there")
    entry = service.client.get(first.headers["location"]).json()
    assert (entry["note"], entry["tags"]) == ("after the talk", ["evening", "work"])
    assert entry["zone"] == "Europe/Berlin"
    assert entry["analysis"] == first.json()["analysis"]


def test_when_it_was_spoken_may_be_said(service: Service) -> None:
    fields = {"recorded_at": "2026-03-29T08:15:00+02:00", "zone": "Europe/Berlin"}
    answer = service.post_memo("/v1/analyses?save=true", data=fields)
    entry = service.client.get(answer.headers["location"]).json()
    assert entry["recorded_at"] == "2026-03-29T06:15:00.000000Z"
    assert entry["offset_min"] == 120


@pytest.mark.parametrize(
    "fields",
    [
        {"zone": "Nowhere/Land"},
        {"zone": "../../etc/passwd"},
        {"zone": "America"},
        {"recorded_at": "2026-03-29T08:15:00"},
        {"recorded_at": "0001-01-01T00:00:00Z"},
        {"recorded_at": "9999-12-31T23:59:59-12:00"},
        {"tags": "a,,b"},
        {"tags": ",".join(map(str, range(40)))},
        {"note": "n" * 10_001},
        {"my-private-field": "xyzzy"},
    ],
)
def test_wrong_fields(service: Service, fields: dict[str, str]) -> None:
    answer = service.post_memo("/v1/analyses?save=true", data=fields)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:sottovoce:problem:invalid")
    assert all(value not in answer.text for value in fields.values())
    assert "private" not in answer.text
    assert service.journal().count() == 0


def test_a_long_memo_becomes_a_job_and_then_an_entry(service: Service) -> None:
    answer = sent(service, wav(25.0), "/v1/analyses?save=true", data={"note": "a long one"})
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/jobs/{answer.json()['id']}"
    assert int(answer.headers["retry-after"]) > 0
    job = ended(service, answer.headers["location"])
    assert (job["state"], job["outcome"], job["progress"]) == ("done", "added", 1.0)
    assert job["analysis"]["recording"]["duration_s"] == pytest.approx(25.0)
    assert service.client.get(f"/v1/entries/{job['entry_id']}").json()["note"] == "a long one"


def test_a_key_gives_the_same_answer_and_one_entry(service: Service) -> None:
    key = {"Idempotency-Key": "one"}
    first = service.post_memo("/v1/analyses?save=true", headers=key)
    again = service.post_memo("/v1/analyses?save=true", headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert service.journal().count() == 1


def test_a_key_of_a_memo_that_is_not_kept(service: Service) -> None:
    key = {"Idempotency-Key": "two"}
    first, again = service.post_memo(headers=key), service.post_memo(headers=key)
    assert (first.status_code, first.json()) == (200, again.json())


def test_a_key_stands_for_one_request(service: Service) -> None:
    key = {"Idempotency-Key": "three"}
    service.post_memo(headers=key)
    for other in (
        service.post_memo(name="slow", headers=key),
        service.post_memo("/v1/analyses?save=true", headers=key),
    ):
        assert (other.status_code, other.json()["type"]) == (
            422,
            "urn:sottovoce:problem:key_reused",
        )


def test_a_key_of_a_bad_file_gives_the_same_problem(service: Service) -> None:
    key = {"Idempotency-Key": "four"}
    for _ in range(2):
        answer = sent(service, b"this is no sound", headers=key)
        assert answer.json()["type"] == "urn:sottovoce:problem:unsupported_format"


@pytest.mark.parametrize("key", ["", " ", "k" * 256, "k\xe9y"])
def test_keys_that_are_none(service: Service, key: str) -> None:
    answer = service.post_memo(headers={"Idempotency-Key": key.encode("latin1")})
    assert answer.json()["type"] == "urn:sottovoce:problem:invalid"


def test_a_job_that_is_not_there(service: Service) -> None:
    answer = service.client.get(f"/v1/jobs/{'0' * 32}")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:sottovoce:problem:no_job")


def test_when_too_many_are_on_their_way_it_says_when_to_come_back(service: Service) -> None:
    service.house.arriving = service.house.settings.uploads
    try:
        answer = service.post_memo()
    finally:
        service.house.arriving = 0
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert service.post_memo().status_code == 200
    assert service.house.arriving == 0


def test_the_bytes_on_their_way_are_bounded_too(service: Service) -> None:
    house = service.house
    house.arriving_bytes = house.settings.arriving_bytes - 1000
    try:
        assert service.post_memo().status_code == 503
    finally:
        house.arriving_bytes = 0
    assert service.post_memo().status_code == 200
    assert house.arriving_bytes == 0


def test_what_is_large_becomes_a_job_and_what_is_too_large_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    size = (SAMPLES / "even.ogg").stat().st_size
    with served(home, immediate_bytes=size - 1, upload_bytes=size + 2000, wait_s=0) as small:
        assert small.post_memo("/analyze-stress").status_code == 413
        assert small.post_memo().status_code == 202
        large = {"file": ("memo.wav", bytes(size + 2000))}
        assert small.client.post("/v1/analyses", files=large).status_code == 413


def test_when_all_places_are_taken_it_says_when_to_come_back(service: Service) -> None:
    pool = service.house.ears.pool
    places, pool.places = pool.places, 0
    try:
        answer = service.post_memo("/analyze-stress")
        not_ready = service.client.get("/readyz")
    finally:
        pool.places = places
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:sottovoce:problem:busy")
    assert int(answer.headers["retry-after"]) >= 1
    assert not_ready.status_code == 503
    assert not_ready.json()["checks"] == {"database": "ok", "model": "ok", "queue": "failed"}
