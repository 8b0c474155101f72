"""The commands as a person runs them: in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sottovoce.domain import LABELS
from sottovoce.runtime import ASSETS

SAMPLES = ASSETS / "samples"
EVEN = SAMPLES / "even.ogg"


def run(
    *arguments: str | Path, home: Path, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [str(Path(sys.executable).parent / "sottovoce"), *map(str, arguments)]
    environment = {**os.environ, "SOTTOVOCE_HOME": str(home), "COLUMNS": "100"}
    return subprocess.run(command, input=stdin or b"", capture_output=True, env=environment)


def test_analyze_prints_words_on_standard_output_only(tmp_path: Path) -> None:
    done = run("analyze", EVEN, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    words = done.stdout.decode()
    assert "Your voice sounded mostly" in words
    assert "stress index" in words
    assert "pitch_median_hz" in words
    assert "diagnosis" in words
    assert "you are " not in words.lower()


def test_the_journal_is_not_loaded_unasked(tmp_path: Path) -> None:
    told = "import sys; from sottovoce.cli import main; import atexit; " + (
        "atexit.register(lambda: print('sqlalchemy' in sys.modules, file=sys.stderr)); main()"
    )
    command = [sys.executable, "-c", told, "analyze", "--json", str(EVEN)]
    environment = {**os.environ, "SOTTOVOCE_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, env=environment)
    assert (done.returncode, done.stderr.strip()) == (0, b"False")


def test_json_is_the_contract_line_by_line_in_input_order(tmp_path: Path) -> None:
    done = run("analyze", "--json", SAMPLES, EVEN, home=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(row["path"]).stem for row in rows] == [
        *sorted(path.stem for path in SAMPLES.glob("*.ogg")),
        "even",
    ]
    for row in rows:
        assert row["status"] == "ok"
        assert set(row["emotions"]) == set(LABELS)
        assert sum(row["emotions"].values()) == pytest.approx(1.0, abs=1e-3)
        assert row["stress"]["low"] <= row["stress"]["value"] <= row["stress"]["high"]
        assert row["stress"]["method"] == "weighted-emotions/1"
        assert row["model"]["sha256"]
        assert row["certainty"]["verdict"] in ("clear", "uncertain")
        assert row["certainty"]["possible"][:1] in ([], [row["emotion"]])
        assert -1.0 <= row["dimensions"]["arousal"] <= 1.0
        assert "absolute" not in row


def test_a_baseline_gives_both_views(tmp_path: Path) -> None:
    done = run("analyze", "--json", EVEN, "--baseline", SAMPLES, home=tmp_path)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["baseline"] == {"memos": len(list(SAMPLES.glob("*.ogg")))}
    assert set(row["absolute"]["emotions"]) == set(row["emotions"]) == set(LABELS)
    assert row["absolute"]["stress"]["method"] == row["stress"]["method"]
    words = run("analyze", EVEN, "--baseline", SAMPLES, home=tmp_path).stdout.decode()
    assert "against your own normal (4 memos)" in words


def test_a_memo_that_cannot_be_read_is_left_out_of_the_baseline(tmp_path: Path) -> None:
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "good.ogg").write_bytes(EVEN.read_bytes())
    (tmp_path / "memos" / "torn.wav").write_bytes(b"RIFF")
    done = run("analyze", "--json", EVEN, "--baseline", tmp_path / "memos", home=tmp_path)
    assert json.loads(done.stdout)["baseline"] == {"memos": 1}
    assert b"not in the baseline" in done.stderr
    assert b"torn.wav" in done.stderr


def test_a_baseline_without_memos_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        done = run("analyze", EVEN, "--baseline", tmp_path / folder, home=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert folder in done.stderr.decode()
        assert b"Traceback" not in done.stderr


def test_standard_input(tmp_path: Path) -> None:
    done = run("analyze", "--json", "-", home=tmp_path, stdin=EVEN.read_bytes())
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["path"], row["status"], done.returncode) == ("-", "ok", 0)


def test_empty_standard_input_is_a_sentence(tmp_path: Path) -> None:
    done = run("analyze", "--json", "-", home=tmp_path)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["error"]["type"], done.returncode) == ("empty", 1)


def test_failures_are_sentences_and_the_others_are_done(tmp_path: Path) -> None:
    text = tmp_path / "text.wav"
    text.write_text("hello")
    done = run("analyze", text, EVEN, tmp_path / "gone.wav", home=tmp_path)
    assert done.returncode == 1
    assert b"Your voice sounded" in done.stdout
    assert len(done.stderr.splitlines()) == 2
    assert b"Traceback" not in done.stderr


def test_wrong_usage_is_status_2(tmp_path: Path) -> None:
    assert run("analyze", home=tmp_path).returncode == 2
    assert run("analyze", "--jobs", "none", EVEN, home=tmp_path).returncode == 2
    assert run("analyze", "--features", "none", EVEN, home=tmp_path).returncode == 2


def test_a_recording_over_the_limit_names_the_option(tmp_path: Path) -> None:
    done = run("analyze", EVEN, "--max-duration", "2", home=tmp_path)
    assert done.returncode == 1
    assert b"--max-duration" in done.stderr


def test_opensmile_says_its_licence_and_gives_its_values(tmp_path: Path) -> None:
    done = run("analyze", "--json", "--features", "egemaps", EVEN, home=tmp_path)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert b"openSMILE" in done.stderr
    assert len(row["features"]["values"]) == 88


def test_models(tmp_path: Path) -> None:
    listed = run("models", "list", home=tmp_path)
    name = listed.stdout.split()[0].decode()
    card = json.loads(run("models", "show", name, home=tmp_path).stdout)
    assert card["name"] == name
    assert run("models", "verify", home=tmp_path).returncode == 0
    unknown = run("models", "show", "grand", home=tmp_path)
    assert unknown.returncode == 1
    assert b"there is no model 'grand'" in unknown.stderr


def test_doctor_finds_everything_needed(tmp_path: Path) -> None:
    done = run("doctor", home=tmp_path)
    assert done.returncode == 0
    assert b"BROKEN" not in done.stdout


def test_demo(tmp_path: Path) -> None:
    done = run("demo", "--no-serve", home=tmp_path)
    assert done.returncode == 0
    assert b"synthetic" in done.stderr
    assert done.stdout.count(b"Your voice sounded") == len(list(SAMPLES.glob("*.ogg")))


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["analyze"],
        ["models"],
        ["doctor"],
        ["demo"],
        ["train"],
        ["evaluate"],
        ["audit"],
        ["export"],
    ],
)
def test_every_command_has_help(tmp_path: Path, command: list[str]) -> None:
    done = run(*command, "--help", home=tmp_path)
    assert done.returncode == 0
    assert b"Usage" in done.stdout
