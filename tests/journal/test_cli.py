"""The commands as a person runs them: in a process of their own."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journals import ask, run
from journals import memo as made
from sottovoce.jobs.drawing import find_drawn
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.store import open_journal
from sottovoce.runtime import ASSETS

EVEN = ASSETS / "samples" / "even.ogg"
KEY = "a1564936eed466f8"
DURATION_S = 8.13


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample memo with a date of its own."""
    copy = tmp_path_factory.mktemp("memos") / "memo.ogg"
    copy.write_bytes(EVEN.read_bytes())
    spoken = datetime(2026, 3, 29, 6, 15, tzinfo=UTC).timestamp()
    os.utime(copy, (spoken, spoken))
    return copy


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, memo: Path) -> Path:
    """A journal with one memo and its audio."""
    folder = tmp_path_factory.mktemp("home")
    done = run(
        *("analyze", "--json", "--save", "--keep-audio", "--note", "a talk", "--tag", "work", memo),
        home=folder,
        TZ="Europe/Berlin",
        SOTTOVOCE_PASSPHRASE="correct horse",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["recording"]["sha256"].startswith(KEY)
    assert f"as {KEY}" in done.stderr
    return folder


def test_a_saved_memo_has_its_time_zone_note_and_tags(home: Path) -> None:
    shown = run("journal", "show", KEY[:5], "--json", home=home)
    entry = json.loads(shown.stdout)
    assert entry["recorded_at"] == "2026-03-29T06:15:00.000000Z"
    assert (entry["zone"], entry["offset_min"]) == ("Europe/Berlin", 120)
    assert (entry["note"], entry["tags"]) == ("a talk", ["work"])
    assert entry["analysis"]["stress"]["contributions"]


def test_the_waveform_of_kept_sound_is_drawn_at_once(home: Path) -> None:
    locksmith = Locksmith(home, passphrase=lambda _new: "correct horse")
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me", locksmith=locksmith) as journal:
        waveform = find_drawn(journal, KEY)
    assert waveform is not None
    assert waveform.duration_s == pytest.approx(DURATION_S, abs=0.1)


def test_list_and_show_are_for_people_too(home: Path) -> None:
    listed = run("journal", "list", home=home)
    assert "Sun 2026-03-29 08:15" in listed.stdout
    assert "#work" in listed.stdout
    shown = run("journal", "show", KEY[:8], home=home)
    assert "your voice sounded" in shown.stdout
    assert "you are " not in shown.stdout.lower()


def test_saving_again_says_that_it_is_there(home: Path, memo: Path) -> None:
    again = run("analyze", "--save", "--json", memo, home=home)
    assert again.returncode == 0
    assert "in your journal already" in again.stderr
    assert json.loads(again.stdout)["status"] == "ok"


def test_delete_says_how_to_undo(home: Path) -> None:
    deleted = run("journal", "delete", KEY[:6], home=home)
    assert f"sottovoce journal restore {KEY}" in deleted.stderr
    assert "no entries" in run("journal", "list", home=home).stderr
    assert KEY[:8] in run("journal", "list", "--deleted", home=home).stdout
    assert run("journal", "restore", KEY, home=home).returncode == 0
    assert KEY[:8] in run("journal", "list", home=home).stdout


def test_out_and_in_again(home: Path, tmp_path: Path, memo: Path) -> None:
    words = {"SOTTOVOCE_PASSPHRASE": "correct horse"}
    one, two, other = tmp_path / "1.zip", tmp_path / "2.zip", tmp_path / "other"
    assert run("journal", "export", one, home=home, **words).returncode == 0
    refused = run("journal", "export", one, home=home, **words)
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert run("journal", "import", one, home=other, **words).returncode == 0
    assert run("journal", "export", two, home=other, **words).returncode == 0
    assert one.read_bytes() == two.read_bytes()
    heard = tmp_path / "heard.ogg"
    assert run("journal", "show", KEY, "--audio", heard, home=other, **words).returncode == 0
    assert heard.read_bytes() == memo.read_bytes()
    wrong = run("journal", "export", tmp_path / "3.zip", home=home, SOTTOVOCE_PASSPHRASE="no horse")
    assert (wrong.returncode, "does not fit" in wrong.stderr) == (1, True)
    assert "Traceback" not in wrong.stderr
    receipt = run("journal", "erase", "--everything", "--yes", home=other)
    assert json.loads(receipt.stdout)["erased"]["entries"] == 1
    assert json.loads(receipt.stdout)["remaining"] == 0


def test_backup_and_restore(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.db"
    assert run("journal", "backup", copy, home=home).returncode == 0
    run("journal", "edit", KEY, "--note", "changed", home=home)
    back = run("journal", "restore", "--backup", copy, home=home)
    assert back.returncode == 0
    assert "undo: sottovoce journal restore --backup" in back.stderr
    assert json.loads(run("journal", "show", KEY, "--json", home=home).stdout)["note"] == "a talk"


def test_observations(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "o.ndjson"
    assert run("journal", "export", target, "--format", "fhir", home=home).returncode == 0
    [line] = target.read_text().splitlines()
    assert json.loads(line)["resourceType"] == "Observation"


def test_checkins(home: Path) -> None:
    assert run("checkin", "5", home=home).returncode == 0
    filled = run("checkin", "--form", "gad-7", "--answers", "0,1,0,2,0,0,3", home=home)
    assert "6 of 21, in the published band 'mild'" in filled.stderr
    assert "no diagnosis" in filled.stderr
    entry = json.loads(run("journal", "show", KEY, "--json", home=home).stdout)
    assert entry["self_report"]["valence"] == 5


def test_erasing_asks_and_refuses_where_nobody_can_answer(home: Path) -> None:
    refused = run("journal", "erase", KEY, home=home)
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)
    assert run("journal", "show", KEY, home=home).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("journal", "show", "ffffffff"), 1, "no entry has the id"),
        (("journal", "edit", KEY), 2, "say what to change"),
        (("journal", "edit", KEY, "--recorded-at", "yesterday"), 1, "is no date"),
        (("journal", "edit", KEY, "--recorded-at", "2026-01-01", "--zone", "Mars/Rim"), 1, "Mars"),
        (("journal", "restore",), 2, "--backup"),
        (("journal", "erase",), 2, "--everything"),
        (("journal", "import", "/nowhere.zip"), 1, "there is no file"),
        (("journal", "restore", "--backup", "/nowhere.db"), 1, "there is no file"),
        (("checkin",), 2, "1 to 7"),
        (("checkin", "8"), 1, "scale from 1 to 7"),
        (("checkin", "--form", "phq-8", "--answers", "1,2"), 1, "needs 8 answers"),
        (("checkin", "--form", "phq-9", "--answers", "1,2"), 1, "no questionnaire"),
    ],
)  # fmt: skip
def test_refusals_are_sentences(
    home: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    found = ask(*arguments, home=home)
    assert (found.status, found.stdout) == (status, "")
    assert words in found.stderr


def test_what_goes_with_saving_needs_it(tmp_path: Path) -> None:
    for words in (("--note", "x"), ("--tag", "x"), ("--keep-audio",)):
        found = ask("analyze", str(EVEN), *words, home=tmp_path)
        assert (found.status, "need --save" in found.stderr) == (2, True)


def test_what_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_text("this is no journal")
    done = run("analyze", "--json", "--save", EVEN, home=tmp_path)
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "sha256" not in done.stdout


def test_every_command_has_help_with_examples(tmp_path: Path) -> None:
    shown = ask("journal", "--help", home=tmp_path).stdout
    for name in "list show edit delete restore export import erase backup encrypt decrypt".split():
        assert name in shown
        assert "Example" in ask("journal", name, "--help", home=tmp_path).stdout
    assert "Examples" in ask("checkin", "--help", home=tmp_path).stdout
    assert not list(tmp_path.iterdir()), "asking for help makes nothing"


def test_a_clock_set_back_is_told_and_the_memo_is_kept(tmp_path: Path, memo: Path) -> None:
    later = datetime(2999, 1, 1, tzinfo=UTC)
    with open_journal(f"sqlite:///{tmp_path / 'journal.db'}", "me", clock=lambda: later) as journal:
        journal.add(made(1))
    done = run("analyze", "--save", memo, home=tmp_path)
    assert done.returncode == 0
    assert "but an entry was added at 2999-01-01 00:00 UTC; the memo is kept" in done.stderr
    assert f"sottovoce journal edit {KEY} --recorded-at" in done.stderr


def test_help_loads_no_database() -> None:

    code = (
        "import sys, sottovoce.cli.app\n"
        "print([m for m in ('sqlalchemy', 'alembic', 'keyring', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
