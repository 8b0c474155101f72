"""Fetching by hub id, from a real server on this machine: size first, torn or refused in a line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.wav2vec2.hub_server import COMMIT, Hub, hub
from tests.wav2vec2.makers import make_checkpoint

SOTTOVOCE = Path(sys.executable).parent / "sottovoce"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_checkpoint(tmp_path_factory.mktemp("hub") / "name")
    (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    (folder / "tf_model.h5").write_bytes(b"not wanted")
    return folder


def fetched(home: Path, address: str, hub_id: str = "owner/name", **more: str) -> tuple[int, str]:
    environment = {
        **os.environ,
        "SOTTOVOCE_HOME": str(home),
        "HF_HOME": str(home / "hub"),
        "HF_ENDPOINT": address,
        **more,
    }
    command = [SOTTOVOCE, "models", "import", hub_id, "--name", "m"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    return done.returncode, done.stderr


def refused(home: Path, address: str, hub_id: str = "owner/name", **more: str) -> str:
    """The one sentence of a refusal; nothing is in the models folder."""
    code, told = fetched(home, address, hub_id, **more)
    *_, sentence = told.splitlines()
    assert code == 1
    assert sentence.startswith("sottovoce: ")
    assert "Traceback" not in told
    assert not list(home.glob("models/*"))
    return sentence


def weights_asked(server: Hub) -> int:
    return sum("GET" in one and one.endswith("model.safetensors") for one in server.asked)


def test_size_is_said_first_and_only_what_is_needed_is_fetched(
    tmp_path: Path, served: Path
) -> None:
    with hub(served) as server:
        code, told = fetched(tmp_path, server.address)
        assert code == 0, told
        assert told.splitlines()[0] == "fetching 'owner/name' from the hub: 0.2 MB"
        assert "Fetching 4 files: 100%" in told
        assert not [one for one in server.asked if "tf_model" in one]
        told_of_us = [one for one in server.asked if "owner/name" not in one]
        assert not told_of_us
        card = json.loads((tmp_path / "models" / "m" / "card.json").read_text())
        assert (card["licence"], card["text"]["source"]) == ("mit", "owner/name")
        assert any(COMMIT in one for one in server.asked)
        assert weights_asked(server) == 1
        assert fetched(tmp_path, server.address)[0] == 0
        assert weights_asked(server) == 1


def test_a_connection_that_ends_halfway_is_taken_up_again(tmp_path: Path, served: Path) -> None:
    with hub(served, "cut") as server:
        code, told = fetched(tmp_path, server.address)
        assert code == 0, told
        assert weights_asked(server) == 2


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("torn", "came torn from the hub"),
        ("gated", "is gated: accept its terms"),
        ("failing", "the hub answered 500"),
    ],
)
def test_what_goes_wrong_is_a_sentence(tmp_path: Path, served: Path, broken: str, why: str) -> None:
    with hub(served, broken) as server:
        assert why in refused(tmp_path, server.address)


def test_a_model_that_is_not_there(tmp_path: Path, served: Path) -> None:
    with hub(served) as server:
        assert "no such model on the hub" in refused(tmp_path, server.address, "owner/other")


def test_no_hub_and_an_offline_machine(tmp_path: Path, served: Path) -> None:
    with hub(served) as server:
        gone = server.address
    assert "the hub cannot be reached" in refused(tmp_path, gone)
    assert "the hub cannot be reached" in refused(tmp_path, gone, HF_HUB_OFFLINE="1")
