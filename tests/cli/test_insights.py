"""``trends`` and ``alerts`` as a person runs them, over a real journal."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from lives import entry, life
from sottovoce.entries import Entry
from sottovoce.journal.changing import Memo
from sottovoce.journal.store import open_journal


def run(
    *arguments: str, home: Path, stdin: str = "", zone: str = "Etc/GMT-1"
) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "sottovoce"), *arguments]
    environment = {**os.environ, "SOTTOVOCE_HOME": str(home), "COLUMNS": "100", "TZ": zone}
    environment.pop("SOTTOVOCE_JOURNAL", None)
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment)


def memo_of(one: Entry) -> Memo:
    recording = {
        "duration_s": 10.0,
        "speech_s": 8.0,
        "sha256": sha256(one.id.encode()).hexdigest(),
        "recorded_at": None,
    }
    stress = {**one.analysis["stress"], "low": 0.0, "high": 1.0, "method": "made"}
    analysis = {**one.analysis, "recording": recording, "stress": stress, "path": "memo.m4a"}
    analysis |= {"emotion": "calm", "confidence": 0.5, "anxiety": None, "low_mood": None}
    model = {"name": "made", "sha256": "00"}
    return Memo({**analysis, "reasons": [], "model": model}, one.recorded_at, tags=one.tags)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    now = datetime.now(UTC)
    before = [one for one in life(60, now, seed=5, shift=4.0) if one.recorded_at.utc < now]
    with open_journal(f"sqlite:///{folder / 'journal.db'}", "me") as journal:
        for one in (*before, entry(len(before) + 1000, now, stress=0.9)):
            journal.add(memo_of(one))
    return folder


def test_trends_says_words_then_charts(home: Path) -> None:
    done = run("trends", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("Your usual stress index", "stress by week", "by weekday and hour (n)", "●"):
        assert part in done.stdout
    assert "may have sounded tenser since" in done.stdout
    assert "findahelpline.com" in done.stdout


def test_the_table_behind_the_charts_is_json(home: Path) -> None:
    done = run("trends", "--json", "--weeks", "8", home=home)
    table = json.loads(done.stdout)
    assert len(table["days"]) == 56
    assert {"first_day", "value", "n_days", "n_entries"} == set(table["weeks"][0])
    assert (
        table["recent"]["band"]["low"] < table["recent"]["value"] < table["recent"]["band"]["high"]
    )
    assert any("tenser" in sentence for sentence in table["words"])


def test_an_empty_journal_and_a_wrong_measure(tmp_path: Path) -> None:
    assert "No usable entries yet" in run("trends", home=tmp_path).stdout
    wrong = run("trends", "--measure", "happiness", home=tmp_path)
    assert wrong.returncode == 2
    assert "'happiness' is none of stress" in wrong.stderr.replace("\n", " ")


def test_alerts_are_off_until_enabled_then_told_once(home: Path) -> None:
    assert "No alert is on" in run("alerts", "check", home=home).stderr
    for wish in (("enable", "rising_stress"), ("quiet", "00:00", "00:00"), ("region", "NL")):
        assert run("alerts", *wish, home=home).returncode == 0
    listed = run("alerts", "list", home=home).stdout
    assert "on " in listed
    assert "113: 113" in listed
    told = run("alerts", "check", home=home)
    assert told.stdout.startswith("Your voice sounded tenser than usual since about 20")
    for part in ("Rule rising_stress", "sottovoce alerts mute rising_stress", "113: 113"):
        assert part in told.stdout
    again = run("alerts", "check", home=home)
    assert (again.returncode, again.stdout) == (0, "")
    assert "Nothing to tell." in again.stderr


def test_an_address_is_read_from_standard_input_and_never_printed(tmp_path: Path) -> None:
    done = run("alerts", "deliver", home=tmp_path, stdin="json://me:secret@localhost\n")
    assert (done.returncode, done.stdout) == (0, "")
    listed = run("alerts", "list", "--json", home=tmp_path).stdout
    assert json.loads(listed)["deliver_to"] == ["json"]
    assert "secret" not in listed
    wrong = run("alerts", "deliver", home=tmp_path, stdin="carrier-pigeon://loft\n")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "does not understand" in wrong.stderr


def test_wrong_rules_are_a_sentence(tmp_path: Path) -> None:
    done = run("alerts", "mute", "no_such", home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("sottovoce: 'no_such' is no rule; there are rising_stress")
