"""Channels, whose addresses go in and never come out; hours of quiet; who asks."""

from pathlib import Path

import pytest

from mails import mail_server
from services import Service, free_port, served
from sottovoce import __version__
from sottovoce.alerting.kept import read_choices

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CHANNELS = "/v1/channels"
SECRET = "a-very-secret-word"


def dead() -> str:
    """The address of a mail server that is not there."""
    return f"mailto://me:{SECRET}@127.0.0.1:{free_port()}/?from=a@b.org&to=c@d.org&mode=insecure"


def test_a_channel_is_kept_and_its_address_is_never_told(service: Service) -> None:
    address = dead()
    added = service.client.post(CHANNELS, json={"address": address})
    assert (added.status_code, added.json()["service"]) == (201, "mailto")
    again = service.client.post(CHANNELS, json={"address": address})
    listed = service.client.get(CHANNELS)
    assert listed.json() == {"channels": [added.json()]}
    assert again.json() == added.json()
    refused = service.client.post("/v1/test-alert")
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (502, "delivery")
    everything = service.client.get("/v1/alerts")
    for answer in (added, again, listed, refused, everything):
        assert SECRET not in answer.text
    assert read_choices(service.house.settings.person.home).deliver_to == (address,)
    gone = service.client.delete(f"{CHANNELS}/{added.json()['id']}")
    assert (gone.status_code, service.client.get(CHANNELS).json()) == (204, {"channels": []})


def test_what_apprise_does_not_understand_is_refused_unrepeated(service: Service) -> None:
    answer = service.client.post(CHANNELS, json={"address": f"carrier-pigeon://{SECRET}@loft"})
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (422, "bad_address")
    assert SECRET not in answer.text
    assert service.client.post(CHANNELS, json={"address": ""}).status_code == 422


def test_a_test_message_arrives(service: Service) -> None:
    assert service.client.post("/v1/test-alert").json() == {"sent": 0}
    with mail_server() as (box, address):
        service.client.post(CHANNELS, json={"address": address}).raise_for_status()
        assert service.client.post("/v1/test-alert").json() == {"sent": 1}
        ((_, mail),) = box.mails
        assert mail["Subject"] == "A message from Sottovoce, to see whether it arrives."


def test_hours_of_quiet_region_and_start_of_the_day_are_chosen(service: Service) -> None:
    wanted = {"quiet_from": "22:30", "quiet_until": "06:15", "day_start_h": 5, "region": "NL"}
    found = service.client.patch("/v1/alerts", json=wanted).json()
    assert {name: found[name] for name in wanted} == wanted
    assert "113" in found["help"]
    service.client.patch("/v1/alerts", json={"region": None}).raise_for_status()
    kept = service.client.get("/v1/alerts").json()
    assert {name: kept[name] for name in wanted} == {**wanted, "region": None}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"quiet_from": "25:00"},
        {"quiet_from": None},
        {"day_start_h": 24},
        {"day_start_h": "5"},
        {"region": "nl"},
        {"deliver_to": ["mailto://x"]},
    ],
)
def test_a_wrong_choice_changes_nothing(service: Service, wrong: dict[str, object]) -> None:
    before = service.client.get("/v1/alerts").json()
    assert service.client.patch("/v1/alerts", json=wrong).status_code == 422
    assert service.client.get("/v1/alerts").json() == before


def test_who_asks_and_how_it_is_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with served(tmp_path / "home") as service:
        me = service.client.get("/v1/me").json()
    assert (me["name"], me["people"], me["version"]) == ("me", False, __version__)
    assert me["keeping"] == {"journal": "plain", "key": None, "sounds": 0, "transcripts": 0}
