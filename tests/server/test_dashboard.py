"""What the dashboard asks of the service: filters, erasing, example weeks; and a missing build."""

from pathlib import Path

import pytest

from journals import analysis, memo, moment
from services import OTHER, Service
from sottovoce.journal.changing import Memo
from sottovoce.server.routes import dashboard


def ids(service: Service, **query: str) -> list[str]:
    page = service.client.get("/v1/entries", params={"limit": "2", **query}).json()
    found = [entry["id"] for entry in page["entries"]]
    while page["next"]:
        page = service.client.get(page["next"]).json()
        found += [entry["id"] for entry in page["entries"]]
    return found


def test_entries_are_filtered_page_by_page(service: Service) -> None:
    journal = service.journal()
    wanted = {journal.add(memo(number, tags=("walk & talk",))).entry.id for number in range(5)}
    others = [journal.add(memo(number)).entry.id for number in range(5, 9)]
    journal.report(others[0], 2)
    assert set(ids(service, tag="walk & talk")) == wanted
    assert ids(service, felt="unpleasant") == [others[0]]
    assert ids(service, felt="pleasant") == ids(service, status="unusable") == []
    assert len(ids(service, emotion="calm", status="ok")) == 9
    assert service.client.get("/v1/entries", params={"emotion": "gloomy"}).status_code == 422


def test_entries_are_chosen_by_how_far_their_recording_can_be_trusted(service: Service) -> None:
    journal = service.journal()
    poor, good, old = (analysis(number) for number in (1, 2, 3))
    poor["quality"], good["quality"] = {"verdict": "poor"}, {"verdict": "ok"}
    made = [Memo(one, moment(number)) for number, one in enumerate((poor, good, old))]
    made.append(Memo({**analysis(4), "status": "unusable"}, moment(4)))
    keys = [journal.add(one).entry.id for one in made]
    assert ids(service, quality="poor") == [keys[0]]
    assert set(ids(service, quality="ok")) == {keys[1], keys[2]}
    assert ids(service, quality="unusable") == [keys[3]]
    assert service.client.get("/v1/entries", params={"quality": "fair"}).status_code == 422


def test_erasing_one_for_good_leaves_nothing_to_restore(service: Service) -> None:
    entry = service.journal().add(memo(1)).entry.id
    theirs = service.journal(OTHER).add(memo(2)).entry.id
    for address in (f"/v1/entries/{theirs}", "/v1/entries/0123456789abcdef"):
        assert service.client.delete(address, params={"for_good": True}).status_code == 404
    assert service.client.delete(f"/v1/entries/{entry}?for_good=true").status_code == 204
    assert service.client.post(f"/v1/entries/{entry}/restore").status_code == 404
    assert (service.journal().count(), service.journal(OTHER).count()) == (0, 1)


def test_example_weeks_come_and_go_and_leave_the_rest(service: Service) -> None:
    own = service.journal().add(memo(1)).entry.id
    added = service.client.put("/v1/examples", params={"zone": "Asia/Tokyo"}).json()["added"]
    assert added > 90
    assert service.client.put("/v1/examples").json() == {"added": 0, "erased": 0}
    assert service.client.delete("/v1/examples").json() == {"added": 0, "erased": added}
    assert ids(service) == [own]
    assert service.client.put("/v1/examples?zone=Atlantis").status_code == 422


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_everything_is_erased_only_if_it_is_meant(service: Service) -> None:
    service.journal().add(memo(1))
    service.journal(OTHER).add(memo(2))
    channel = service.client.post("/v1/channels", json={"address": "json://localhost/mine"})
    assert channel.status_code < 300, channel.text
    for body in ({}, {"everything": False}):
        assert service.client.post("/v1/erase", json=body).status_code == 422
    receipt = service.client.post("/v1/erase", json={"everything": True}).json()
    assert (receipt["erased"]["entries"], receipt["remaining"]) == (1, 0)
    assert service.journal(OTHER).count() == 1
    assert service.client.get("/v1/channels").json()["channels"] == []
    assert not list(service.house.settings.person.home.glob("*er*s.json"))


def test_without_a_build_the_page_says_how_to_make_one(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "FOLDER", tmp_path)
    answer = service.anonymous.get("/")
    assert (answer.status_code, answer.text) == (503, dashboard.NOT_BUILT)
    assert service.anonymous.get("/icon.svg").status_code == 404
    assert service.client.get("/v1/entries").status_code == 200
