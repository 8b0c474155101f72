"""Canaries: what a person sends reaches no log, error, measure or temporary file."""

import json
import os
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from services import SAMPLES, Started, clients, started
from sockets import Port, hear, say, speak, spoken, until

NOTE, TAG, NAME, FIELD = "canary-note", "canary-tag", "canary-name.ogg", "canary-field"
PASSPHRASE = "canary-passphrase"
WORDS = (
    *(NOTE, TAG, FIELD, PASSPHRASE),
    *("canary-name", "canary-query", "canary-agent", "canary-host"),
)


def test_canaries(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    secret = {"TMPDIR": str(temporary), "SOTTOVOCE_PASSPHRASE": PASSPHRASE}
    with started(tmp_path / "home", **secret) as service:
        errors, measures, score = live_a_little(service.url, service.token)
        errors += speak_a_little(service)
        held = files_below(temporary)
    log = service.log.read_text()
    for word in (*WORDS, service.token, score):
        assert word not in log, word
        assert word not in errors, word
        assert word not in measures, word
        assert word.encode() not in held, word
    held += files_below(tmp_path / "home")
    for sound in (SAMPLES.joinpath("even.ogg").read_bytes(), spoken()[32_000:]):
        assert sound[:64] not in held
    assert b"RIFF" not in held


def live_a_little(url: str, token: str) -> tuple[str, str, str]:
    """Use every kind of address, well and badly; what errors and measures say, and a score."""
    sound = (SAMPLES / "even.ogg").read_bytes()
    with clients(url, token) as (me, nobody):
        fields = {"note": NOTE, "tags": TAG}
        file = {"file": (NAME, sound)}
        kept = me.post("/v1/analyses?save=true", files=file, data=fields)
        key = kept.json()["entry_id"]
        me.patch(f"/v1/entries/{key}", json={"note": NOTE, "tags": [TAG]})
        me.post("/v1/checkins", json={"valence": 2})
        kept = me.post("/v1/analyses?keep_audio=true", files=file, data=fields)
        assert me.get(f"/v1/entries/{key}/audio").content == sound
        assert me.get(f"/v1/entries/{key}/peaks").is_success
        me.get("/v1/export")
        me.get("/v1/trends?x=canary-query", headers={"User-Agent": "canary-agent"})
        wrong = [
            me.patch(f"/v1/entries/{key}", json={FIELD: NOTE}),
            me.post("/v1/checkins", json={"valence": NOTE}),
            me.post("/v1/analyses", files={"file": (NAME, NOTE.encode() * 99)}, data={FIELD: TAG}),
            me.post("/analyze-stress", files={"file": (NAME, NOTE.encode() * 99)}),
            me.get(f"/v1/entries?cursor={NOTE}&limit={TAG}"),
            me.get(f"/{NOTE}?q=canary-query"),
            me.get("/healthz", headers={"Host": "canary-host"}),
            me.post("/v1/session", json={"secret": NOTE * 3}),
            nobody.get("/v1/entries", headers={"Authorization": f"Bearer {NOTE}"}),
            me.post("/v1/import", content=NOTE, headers={"Content-Type": "application/zip"}),
        ]
        assert all(400 <= answer.status_code < 500 for answer in wrong)
        told = "".join(f"{answer.headers} {answer.text}" for answer in wrong)
        score = str(kept.json()["analysis"]["stress"]["value"])
        return told, me.get("/metrics").text, score


def speak_a_little(service: Started) -> str:
    """Speak well and badly over sockets; what the errors say."""
    line_of = Port(service.port, service.token).open
    with line_of("?keep_audio=true") as line:
        speak(line, spoken())
        line.send(NOTE)
        line.send(json.dumps({"type": "stop", FIELD: NOTE}))
        say(line, "stop", save=True, note=NOTE, tags=[TAG])
        told = [event for event in until(line, "summary") if event["type"] == "error"]
        assert len(told) == 2
    with line_of("?ticket=canary-query", headers={"User-Agent": "canary-agent"}) as line:
        told.append(hear(line))
    with pytest.raises(InvalidStatus) as refused, line_of(f"?{FIELD}={NOTE}"):
        pass
    return f"{told} {refused.value.response.body!r} {refused.value.response.headers}"


def files_below(folder: Path) -> bytes:
    """What the files in a folder hold, and their names."""
    found = [Path(above) / name for above, _, names in os.walk(folder) for name in names]
    return b"".join(str(file).encode() + file.read_bytes() for file in found)
