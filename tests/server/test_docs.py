"""Each example of docs/api.md is run, and answers as the page says."""

import json
import os
import re
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from services import SAMPLES, started
from sottovoce.server.problems import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```(bash|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANYTHING = {"analysis", "entries"}
"""Members whose values the page shortens."""


def examples() -> list[tuple[str, str | None]]:
    """Shell blocks, each with the JSON that follows it, if any."""
    found: list[tuple[str, str | None]] = []
    for kind, text in BLOCK.findall(PAGE.read_text()):
        if kind == "bash":
            found.append((text, None))
        else:
            found[-1] = (found[-1][0], text)
    return found


def same_shape(said: object, shown: object, where: str = "") -> None:
    """The same members, and values of the same kind."""
    if isinstance(shown, dict) and where.rpartition(".")[2] not in ANYTHING:
        assert isinstance(said, dict), where
        assert list(said) == list(shown), where
        for name, value in shown.items():
            same_shape(said[name], value, f"{where}.{name}")
    elif where in (".type", ".title", ".status", ".outcome", ".valence", ".measure"):
        assert said == shown, where
    elif not isinstance(said, type(None)) and not isinstance(shown, type(None)):
        assert type(said) is type(shown), where


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples of the page need curl")
def test_every_example_of_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(SAMPLES / "hurried.ogg", folder / "memo.ogg")
    (folder / "notes.txt").write_text("no sound at all, only words about it" * 4)
    with wave.open(str(folder / "long.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 70))
    with started(tmp_path / "home") as service:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "SOTTOVOCE_HOME": str(service.home), "HOME": str(folder)}
        before = ""
        for script, shown in examples():
            run_here = script.replace("8377", str(service.port))
            told = subprocess.run(
                ["bash", "-euc", before + run_here],
                capture_output=True,
                text=True,
                cwd=folder,
                env=environment,
            )
            assert told.returncode == 0, f"{script}\n{told.stderr}"
            if shown is not None:
                same_shape(json.loads(told.stdout), json.loads(shown))
            if "TOKEN=" in script:
                before = run_here
    assert (folder / "everything.zip").stat().st_size > 1000


def test_the_page_names_every_kind_of_problem() -> None:
    page = PAGE.read_text()
    for kind in KINDS:
        assert f"`{kind}`" in page, kind
