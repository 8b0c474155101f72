"""Each example of docs/api.md and docs/people.md is run, and answers as the page says."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from commandlines import read_line
from services import SAMPLES, Started, started
from sockets import spoken, wav_of
from sottovoce.server.problems import KINDS

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
AS_PROGRAM = "python3 -I - <<'END'\n{}END\n"
ANYTHING = {"analysis", "entries", "visits"}
"""Members whose values the page shortens."""


BETWEEN = "\n@@@\n"
END_OF_BLOCK = r"printf '\n@@@\n'" + "\n"


def examples(page: str) -> list[tuple[str, str | None]]:
    """Blocks of shell and Python as shell, each with the JSON that follows it, if any."""
    found: list[tuple[str, str | None]] = []
    for kind, text in BLOCK.findall((DOCS / page).read_text()):
        if kind == "bash":
            found.append((text, None))
        elif kind == "python":
            found.append((AS_PROGRAM.format(text), None))
        elif kind == "json":
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


needs_curl = pytest.mark.skipif(
    shutil.which("curl") is None, reason="the examples of the pages need curl"
)


def run_examples(page: str, service: Started, folder: Path) -> None:
    """Run the blocks of a page one after another; what an early one sets, a later one knows."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "SOTTOVOCE_HOME": str(service.home), "HOME": str(folder)}
    blocks = [script for script, _ in examples(page)]
    session = f"URL={service.url}\n" + "".join(
        script.replace("http://127.0.0.1:8377", service.url) + END_OF_BLOCK for script in blocks
    )
    told = subprocess.run(
        ["bash", "-euc", session], capture_output=True, text=True, cwd=folder, env=environment
    )
    assert told.returncode == 0, f"{told.stdout[-500:]}\n{told.stderr}"
    for (_, shown), said in zip(examples(page), told.stdout.split(BETWEEN), strict=False):
        if shown is not None:
            same_shape(json.loads(said), json.loads(shown))


@needs_curl
def test_every_example_of_the_api(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(SAMPLES / "hurried.ogg", folder / "memo.ogg")
    (folder / "spoken.wav").write_bytes(wav_of(spoken("hurried")))
    (folder / "notes.txt").write_text("no sound at all, only words about it" * 4)
    with wave.open(str(folder / "long.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 70))
    with started(tmp_path / "home", SOTTOVOCE_PASSPHRASE="to keep sound") as service:
        run_examples("api.md", service, folder)
    assert (folder / "everything.zip").stat().st_size > 1000


@needs_curl
def test_every_example_for_a_few_people(tmp_path: Path) -> None:
    with started(tmp_path / "home", "--people") as service:
        run_examples("people.md", service, tmp_path)


@pytest.mark.parametrize("page", ["api.md", "people.md", "jobs.md"])
def test_what_goes_on_until_it_is_stopped_is_a_command_of_ours(page: str) -> None:
    blocks = [text for kind, text in BLOCK.findall((DOCS / page).read_text()) if not kind]
    lines = [line for block in blocks for line in block.splitlines()]
    ours = [shlex.split(line, comments=True) for line in lines if "sottovoce " in line]
    assert ours
    for words in ours:
        read_line(*words[words.index("sottovoce") + 1 :])


def test_the_page_names_every_kind_of_problem() -> None:
    page = (DOCS / "api.md").read_text()
    for kind in KINDS:
        assert f"`{kind}`" in page, kind
