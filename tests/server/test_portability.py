"""Everything a person has: out, and in again."""

import io
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from journals import memo, run
from services import OTHER, Service
from sottovoce.journal.archive import export_journal
from sottovoce.journal.sounds import Sound

ZIP = {"Content-Type": "application/zip"}


def kept(service: Service) -> bytes:
    """A journal with three memos, one of them with its sound; returns the sound."""
    sound = b"memo 0"  # what the digest of the first made memo is of
    digest = memo(0).analysis["recording"]["sha256"]
    journal = service.journal()
    journal.add(memo(0, sound=Sound(iter([sound]), digest, ".wav")))
    for number in (1, 2):
        journal.add(memo(number, note="a note"))
    return sound


def test_the_stream_holds_what_the_file_holds(service: Service, tmp_path: Path) -> None:
    sound = kept(service)
    export_journal(service.journal(), tmp_path / "file.zip")
    answer = service.client.get("/v1/export")
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    with ZipFile(io.BytesIO(answer.content)) as sent, ZipFile(tmp_path / "file.zip") as file:
        assert sent.testzip() is None
        assert {n: sent.read(n) for n in sent.namelist()} == {
            n: file.read(n) for n in file.namelist()
        }
        assert sha256(sound).digest() in {sha256(sent.read(n)).digest() for n in sent.namelist()}
    again = service.client.get("/v1/export")
    assert again.content == answer.content
    assert b"audio/" not in service.client.get("/v1/export?audio=false").content


def test_what_was_taken_out_comes_in_again(service: Service) -> None:
    kept(service)
    exported = service.client.get("/v1/export").content
    before = service.client.get("/v1/entries").json()
    service.clear()
    came = service.client.post("/v1/import", content=exported, headers=ZIP)
    assert (came.status_code, came.json()) == (200, {"added": 3, "already_there": 0})
    assert service.client.get("/v1/entries").json() == before
    again = service.client.post("/v1/import", content=exported, headers=ZIP)
    assert again.json() == {"added": 0, "already_there": 3}
    assert service.client.get("/v1/export").content == exported


def test_an_export_is_one_persons(service: Service) -> None:
    service.journal(OTHER).add(memo(5, note="somebody else's note"))
    answer = service.client.get("/v1/export")
    with ZipFile(io.BytesIO(answer.content)) as sent:
        assert sent.read("entries.jsonl") == b""


def bomb() -> bytes:
    """A small zip that unfolds to a large one."""
    with ZipFile(packed := io.BytesIO(), "w", ZIP_DEFLATED) as archive:
        archive.writestr("entries.jsonl", bytes(200 << 20))
        archive.writestr("manifest.json", "{}")
    return packed.getvalue()


def zip_of(**files: str) -> bytes:
    with ZipFile(packed := io.BytesIO(), "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.json", text)
    return packed.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"no zip",
        zip_of(),
        zip_of(manifest="[]"),
        zip_of(manifest="{}"),
        zip_of(manifest='{"format": "sottovoce-journal"}'),
        zip_of(manifest="[" * 5000),
        bomb(),
    ],
    ids=["empty", "text", "nothing", "list", "no format", "no version", "deep", "bomb"],
)
def test_what_is_no_export(service: Service, sent: bytes) -> None:
    answer = service.client.post("/v1/import", content=sent, headers=ZIP)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:sottovoce:problem:bad_export")
    assert service.journal().count() == 0


def test_an_import_calls_itself_a_zip(service: Service) -> None:
    answer = service.client.post("/v1/import", content=b"PK")
    assert answer.status_code == 415


def test_nothing_stays_behind_in_the_home(service: Service) -> None:
    home = service.house.settings.person.home
    before = {file.name for file in home.iterdir()}
    service.client.post("/v1/import", content=b"no zip", headers=ZIP)
    assert {file.name for file in home.iterdir()} == before


def test_the_command_reads_what_the_service_wrote(service: Service, tmp_path: Path) -> None:
    kept(service)
    (tmp_path / "sent.zip").write_bytes(service.client.get("/v1/export?audio=false").content)
    told = run("journal", "import", tmp_path / "sent.zip", home=tmp_path / "home")
    assert "3 entries added" in told.stderr
