"""One zip holds everything, comes back whole, and is the same to the byte."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from journals import Clock, Opener, analysis, memo, moment
from sottovoce.journal.archive import CHECKINS, ENTRIES, MANIFEST, TABLE, export_journal
from sottovoce.journal.changing import Memo
from sottovoce.journal.checkins import questionnaire
from sottovoce.journal.erase import erase_everything
from sottovoce.journal.errors import ArchiveError, KeyMissingError, SchemaNewerError
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.sounds import Sound
from sottovoce.journal.store import Journal, open_journal
from sottovoce.journal.unpack import Imported, import_journal

CONTENT = b"how it sounded" * 9000


def with_sound(number: int) -> Memo:
    heard = analysis(number)
    heard["recording"]["sha256"] = sha256(CONTENT).hexdigest()
    sound = Sound(iter([CONTENT]), heard["recording"]["sha256"], ".m4a")
    return Memo(heard, moment(number), sound=sound)


@pytest.fixture
def filled(journal: Journal, clock: Clock) -> Journal:
    """Entries of every kind."""
    keys = [journal.add(memo(number, stress=number / 9)).entry.id for number in range(5)]
    journal.add(
        memo(7, note='=HYPERLINK("http://x")', tags=("work", "späte Schicht"), example=True)
    )
    journal.add(with_sound(8))
    journal.keep_transcript(keys[3], '{"text": "späte Worte"}')
    journal.report(keys[0], 6)
    journal.answer(questionnaire("phq-8", [1, 2, 3, 0, 1, 2, 3, 0], clock.now), keys[1])
    journal.answer(questionnaire("gad-7", [3] * 7, clock.now - timedelta(days=1)))
    journal.delete([keys[2]])
    return journal


@pytest.fixture
def exported(filled: Journal, tmp_path: Path) -> Path:
    """The export of it all."""
    export_journal(filled, tmp_path / "all.zip")
    return tmp_path / "all.zip"


@pytest.fixture
def empty(tmp_path: Path, locksmith: Locksmith) -> Iterator[Journal]:
    """An empty journal of someone else."""
    url = f"sqlite:///{tmp_path / 'empty' / 'journal.db'}"
    with open_journal(url, "grace", locksmith=locksmith) as found:
        yield found


def rows(archive: Path, name: str) -> list[dict[str, object]]:
    with ZipFile(archive) as found:
        return [json.loads(line) for line in found.read(name).splitlines()]


def test_import_into_an_empty_journal_and_export_again_gives_the_same_bytes(
    exported: Path, empty: Journal, tmp_path: Path
) -> None:
    assert import_journal(empty, exported) == Imported(added=7, already_there=0)
    export_journal(empty, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == exported.read_bytes()


def test_everything_comes_back_but_the_owner(
    filled: Journal, exported: Path, empty: Journal
) -> None:
    import_journal(empty, exported)
    hers = filled.entries(whole=True, deleted=None)
    moved = [replace(entry, owner="grace") for entry in hers]
    assert list(empty.entries(whole=True, deleted=None)) == moved
    assert empty.questionnaires() == filled.questionnaires()
    [key] = empty.sounds()
    assert b"".join(empty.sound(key)) == CONTENT


def test_importing_again_changes_nothing(filled: Journal, exported: Path) -> None:
    before = list(filled.entries(whole=True, deleted=None))
    assert import_journal(filled, exported) == Imported(added=0, already_there=7)
    assert list(filled.entries(whole=True, deleted=None)) == before


def test_the_export_holds_whole_analyses_checksums_and_audio(exported: Path) -> None:
    lines = rows(exported, ENTRIES)
    assert len(lines) == 7
    assert lines[0]["analysis"] == analysis(0, 0.0)
    assert lines[-1]["audio"] == f"audio/{lines[-1]['id']}.m4a"
    assert [line["name"] for line in rows(exported, CHECKINS)] == ["gad-7"]
    with ZipFile(exported) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        assert archive.read(str(lines[-1]["audio"])) == CONTENT
        [words] = [name for name in archive.namelist() if name.startswith("transcripts/")]
        assert json.loads(archive.read(words)) == {"text": "späte Worte"}
        for name, told in manifest["files"].items():
            content = archive.read(name)
            assert told == {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        assert manifest["counts"] == {
            "entries": 7,
            "checkins": 1,
            "recordings": 1,
            "transcripts": 1,
        }
        schema = json.loads(archive.read("schema/entry.schema.json"))
    for line in lines:
        assert set(schema["required"]) <= set(line) <= set(schema["properties"])


def test_no_cell_of_the_table_is_a_formula(exported: Path) -> None:
    with ZipFile(exported) as archive:
        table = list(csv.DictReader(StringIO(archive.read(TABLE).decode())))
    assert len(table) == 7
    assert table[5]["note"] == '\'=HYPERLINK("http://x")'
    assert table[5]["tags"] == "späte Schicht, work"
    assert table[0]["loudness_dbfs"] == "-21.0"
    assert table[0]["latency_s"] == ""
    assert (table[0]["valence"], table[5]["example"]) == ("6", "yes")


def test_audio_can_be_left_out(filled: Journal, tmp_path: Path) -> None:
    export_journal(filled, tmp_path / "quiet.zip", audio=False)
    with ZipFile(tmp_path / "quiet.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("audio/")]
        assert not [name for name in archive.namelist() if name.startswith("transcripts/")]


def changed(source: Path, target: Path, name: str, change: object) -> Path:
    """A copy of an export in which one file was changed, or left off."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for found in old.namelist():
            content = old.read(found)
            if found == name:
                content = change(content)  # type: ignore[operator]
            if content is not None:
                new.writestr(found, content)
    return target


@pytest.mark.parametrize("name", [ENTRIES, TABLE, "README.txt"])
def test_a_tampered_export_is_refused_and_nothing_is_added(
    exported: Path, empty: Journal, tmp_path: Path, name: str
) -> None:
    forged = changed(exported, tmp_path / "forged.zip", name, lambda old: old + b" ")
    with pytest.raises(ArchiveError, match=f"'{name}'.*changed; nothing was added"):
        import_journal(empty, forged)
    assert empty.count() == 0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_export_is_refused_and_nothing_is_added(
    exported: Path, empty: Journal, tmp_path: Path, share: float
) -> None:
    content = exported.read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ArchiveError, match="no whole export"):
        import_journal(empty, torn)
    assert empty.count() == 0


def test_a_flipped_bit_is_refused_or_meant_nothing(
    exported: Path, empty: Journal, tmp_path: Path
) -> None:
    whole = exported.read_bytes()
    flipped, again, refused = tmp_path / "flipped.zip", tmp_path / "again.zip", 0
    for place in range(40, len(whole), len(whole) // 40):
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            import_journal(empty, flipped)
        except (ArchiveError, SchemaNewerError):
            refused += 1
            assert empty.count() == 0
        else:  # such as in a file's date
            export_journal(empty, again)
            assert again.read_bytes() == whole
            erase_everything(empty)
    assert refused > 20


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.pop("zone"),
        lambda row: row.update(id="0" * 16),
        lambda row: row.update(recorded_at="2026-03-02T07:00:00"),
        lambda row: row.update(offset_min=99999),
        lambda row: row.update(self_report={"valence": 8, "reported_at": "2026-03-02T07:00:00Z"}),
        lambda row: row.update(questionnaires=[{"name": "phq-9", "answers": []}]),
        lambda row: row.update(note=None),
        lambda row: row.update(tags=["a,b"]),
        lambda row: row.update(analysis=[]),
    ],
)
def test_a_line_that_is_no_entry_adds_nothing(
    exported: Path, empty: Journal, tmp_path: Path, change: object
) -> None:
    """Also where whoever changed it made the checksums fit."""
    lines = rows(exported, ENTRIES)
    change(lines[3])  # type: ignore[operator]
    text = "\n".join(map(json.dumps, lines)).encode()
    forged = changed(exported, tmp_path / "a.zip", ENTRIES, lambda _old: text)

    def fit(old: bytes) -> bytes:
        manifest = json.loads(old)
        manifest["files"][ENTRIES]["sha256"] = sha256(text).hexdigest()
        return json.dumps(manifest).encode()

    forged = changed(forged, tmp_path / "b.zip", MANIFEST, fit)
    with pytest.raises(ArchiveError, match="line of the export"):
        import_journal(empty, forged)
    assert empty.count() == 0


def test_an_export_of_a_newer_program_is_refused(
    exported: Path, empty: Journal, tmp_path: Path
) -> None:
    newer = changed(
        exported,
        tmp_path / "newer.zip",
        MANIFEST,
        lambda old: old.replace(b'"format_version": 1', b'"format_version": 2'),
    )
    with pytest.raises(SchemaNewerError, match="update sottovoce"):
        import_journal(empty, newer)


def test_other_files_are_no_exports(empty: Journal, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no file"):
        import_journal(empty, tmp_path / "gone.zip")
    (tmp_path / "text.zip").write_text("hello")
    with pytest.raises(ArchiveError, match="no whole export"):
        import_journal(empty, tmp_path / "text.zip")
    with ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "hello")
    with pytest.raises(ArchiveError, match="no whole export"):
        import_journal(empty, tmp_path / "other.zip")


def test_a_fault_of_ours_is_not_told_as_a_damaged_export(
    exported: Path, empty: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise TypeError("a fault of ours")

    monkeypatch.setattr(empty, "writing", broken)
    with pytest.raises(TypeError, match="of ours"):
        import_journal(empty, exported)


def test_audio_without_a_key_is_refused_before_anything_is_added(
    exported: Path, tmp_path: Path
) -> None:
    keyless = Locksmith(tmp_path)
    with open_journal(f"sqlite:///{tmp_path / 'k.db'}", "grace", locksmith=keyless) as journal:
        with pytest.raises(KeyMissingError, match="SOTTOVOCE_PASSPHRASE"):
            import_journal(journal, exported)
        assert journal.count() == 0


def test_a_refused_export_leaves_nothing_behind(filled: Journal, tmp_path: Path) -> None:
    shutil.rmtree(filled.locksmith.folder)  # type: ignore[union-attr]
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises((KeyMissingError, OSError)):
        export_journal(replace_locksmith(filled, tmp_path), folder / "all.zip")
    assert list(folder.iterdir()) == []


def replace_locksmith(journal: Journal, folder: Path) -> Journal:
    return Journal(journal.place, journal.owner, journal.clock, Locksmith(folder))


def test_the_same_from_either_database(opened: Opener, filled: Journal, exported: Path) -> None:
    with opened("grace") as other:
        import_journal(other, exported)
        again = exported.with_name("again.zip")
        export_journal(other, again)
    assert again.read_bytes() == exported.read_bytes()
