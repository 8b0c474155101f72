"""What is hard to hear, or no sound at all, through HTTP: as the library answers it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from badsounds import (
    hour_of_silence,
    lying,
    m4a,
    moved,
    no_number,
    noise,
    square,
    torn_m4a,
    wide,
)
from services import Service

Made = Callable[[Path], Path]
DOORS = ("/analyze-stress", "/v1/analyses")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("made", "kind"),
    [(no_number, "invalid_samples"), (noise, "corrupt"), (torn_m4a, "corrupt")],
)
def test_it_is_refused(service: Service, tmp_path: Path, door: str, made: Made, kind: str) -> None:
    file = made(tmp_path / "private-name")
    answer = service.client.post(door, files={"file": (file.name, file.read_bytes())})
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:sottovoce:problem:{kind}")
    assert file.name not in answer.text


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("made", "status"),
    [(lying, "unusable"), (square, "unusable"), (wide, "ok"), (moved, "ok"), (m4a, "ok")],
)
def test_it_is_heard_as_far_as_it_can_be(
    service: Service, tmp_path: Path, door: str, made: Made, status: str
) -> None:
    answer = service.client.post(door, files={"file": made(tmp_path / "memo").read_bytes()})
    assert answer.status_code == 200, answer.text
    told = answer.json().get("analysis", answer.json())
    assert told["status"] == status
    assert (told["emotion"] is None) == (status == "unusable")
    assert status == "ok" or told["reasons"]


def test_an_hour_in_a_small_file_is_refused(service: Service, tmp_path: Path) -> None:
    sound = hour_of_silence(tmp_path / "hour.flac").read_bytes()
    assert len(sound) < 1 << 20
    told = service.client.post("/analyze-stress", files={"file": sound})
    assert (told.status_code, told.json()["type"]) == (422, "urn:sottovoce:problem:too_long")
