import json
from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.errors import RunLogError
from sottovoce.training.runlog import RunRecord, append_run, logged_run, read_runs


def record(**changes: object) -> RunRecord:
    known = {
        "recipe": "small",
        "recipe_sha256": "ab",
        "seed": 1,
        "started_at": "2026-11-01T12:00:00+00:00",
        "elapsed_s": 1.5,
        "status": "ok",
        "figures": {"ua": 0.6},
    }
    return RunRecord(**(known | changes))  # type: ignore[arg-type]


def test_runs_are_added_and_read_back_in_order(tmp_path: Path) -> None:
    file = tmp_path / "runs" / "log.jsonl"
    assert read_runs(file) == ()
    append_run(file, record())
    append_run(file, record(seed=2, note="schön"))
    assert read_runs(file) == (record(), record(seed=2, note="schön"))


def test_what_is_not_a_number_is_null(tmp_path: Path) -> None:
    append_run(tmp_path / "log", record(figures={"ua": np.nan, "auc": None, "wa": 0.5}))
    line = json.loads((tmp_path / "log").read_text(encoding="utf-8"))
    assert line["figures"] == {"ua": None, "auc": None, "wa": 0.5}


def test_a_run_that_works_is_written_with_its_figures_and_versions(tmp_path: Path) -> None:
    with logged_run(tmp_path / "log", "small", "ab", 1) as figures:
        figures["ua"] = 0.61
    (run,) = read_runs(tmp_path / "log")
    assert (run.status, run.figures, run.error) == ("ok", {"ua": 0.61}, None)
    assert run.versions["numpy"] == np.__version__


def test_a_run_that_fails_is_kept_with_its_reason(tmp_path: Path) -> None:
    def diverge() -> None:
        with logged_run(tmp_path / "log", "small", "ab", 1) as figures:
            figures["fold 1 ua"] = 0.4
            raise RuntimeError("it diverged")

    with pytest.raises(RuntimeError, match="it diverged"):
        diverge()
    (run,) = read_runs(tmp_path / "log")
    assert (run.status, run.error) == ("failed", "RuntimeError: it diverged")
    assert run.figures == {"fold 1 ua": 0.4}


def test_an_interrupted_run_is_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), logged_run(tmp_path / "log", "small", "ab", 1):
        raise KeyboardInterrupt
    assert read_runs(tmp_path / "log")[0].error == "KeyboardInterrupt: "


@pytest.mark.parametrize("line", ["{half a l", '{"unknown": 1}', "[1]"])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    append_run(tmp_path / "log.jsonl", record())
    with (tmp_path / "log.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    with pytest.raises(RunLogError, match=r"log\.jsonl' line 2 is not a run"):
        read_runs(tmp_path / "log.jsonl")
