"""Entries and check-ins over HTTP."""

import pytest

from journals import memo
from services import Service


def filled(service: Service, count: int) -> list[str]:
    """Ids of so many memos, the newest first."""
    journal = service.journal()
    return [journal.add(memo(number)).entry.id for number in range(count)][::-1]


def test_pages_hold_every_entry_once_the_newest_first(service: Service) -> None:
    ids = filled(service, 7)
    seen, following = [], "/v1/entries?limit=3"
    lengths = []
    while following:
        page = service.client.get(following).json()
        lengths.append(len(page["entries"]))
        seen += [entry["id"] for entry in page["entries"]]
        following = page["next"]
    assert (seen, lengths) == (ids, [3, 3, 1])


def test_pages_stay_whole_while_entries_come(service: Service) -> None:
    ids = filled(service, 4)
    first = service.client.get("/v1/entries?limit=2").json()
    newest = service.journal().add(memo(9)).entry.id
    rest = service.client.get(first["next"]).json()
    seen = [entry["id"] for entry in first["entries"] + rest["entries"]]
    assert (seen, newest in seen, rest["next"]) == (ids, False, None)


def test_entries_of_the_same_moment_are_not_lost_between_pages(service: Service) -> None:
    from dataclasses import replace

    journal, moment = service.journal(), memo(0).recorded_at
    ids = {journal.add(replace(memo(n), recorded_at=moment)).entry.id for n in range(5)}
    seen, following = set(), "/v1/entries?limit=2"
    while following:
        page = service.client.get(following).json()
        seen |= {entry["id"] for entry in page["entries"]}
        following = page["next"]
    assert seen == ids


def test_an_entry_can_be_changed(service: Service) -> None:
    [key] = filled(service, 1)
    change = {"note": "né ☕", "tags": ["b", "a"], "self_report": {"valence": 6}}
    changed = service.client.patch(f"/v1/entries/{key}", json=change)
    assert changed.status_code == 200
    found = service.client.get(f"/v1/entries/{key}").json()
    assert found == changed.json()
    assert (found["note"], found["tags"], found["self_report"]["valence"]) == (
        "né ☕",
        ["a", "b"],
        6,
    )
    less = service.client.patch(f"/v1/entries/{key}", json={"tags": []}).json()
    assert (less["tags"], less["note"]) == ([], "né ☕")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"note": None},
        {"tags": ["a,b"]},
        {"tags": [" "]},
        {"self_report": None},
        {"self_report": {"valence": 8}},
        {"self_report": {"valence": True}},
        {"self_report": {"valence": 2.5}},
        {"analysis": {}},
    ],
)
def test_wrong_changes_change_nothing(service: Service, change: object) -> None:
    [key] = filled(service, 1)
    before = service.client.get(f"/v1/entries/{key}").json()
    assert service.client.patch(f"/v1/entries/{key}", json=change).status_code == 422
    assert service.client.get(f"/v1/entries/{key}").json() == before


def test_a_deleted_entry_is_gone_until_it_is_restored(service: Service) -> None:
    [key] = filled(service, 1)
    address = f"/v1/entries/{key}"
    assert service.client.delete(address).status_code == 204
    for answer in (
        service.client.get(address),
        service.client.patch(address, json={"note": "x"}),
        service.client.delete(address),
        service.client.post("/v1/checkins", json={"valence": 5, "entry_id": key}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (
            404,
            "urn:sottovoce:problem:no_entry",
        )
    assert service.client.get("/v1/entries").json()["entries"] == []
    [deleted] = service.client.get("/v1/entries?deleted=true").json()["entries"]
    assert deleted["id"] == key
    assert service.client.post(f"{address}/restore").json() == {"id": key}
    assert service.client.get(address).status_code == 200


def test_the_beginning_of_an_id_is_not_an_id(service: Service) -> None:
    [key] = filled(service, 1)
    assert service.client.get(f"/v1/entries/{key[:8]}").status_code == 422


def test_a_feeling_goes_with_the_newest_memo_or_the_one_named(service: Service) -> None:
    nothing_yet = service.client.post("/v1/checkins", json={"valence": 3})
    assert nothing_yet.json()["type"] == "urn:sottovoce:problem:no_entry"
    newest, oldest = filled(service, 2)
    kept = service.client.post("/v1/checkins", json={"valence": 3})
    assert (kept.status_code, kept.json()["entry_id"]) == (201, newest)
    service.client.post("/v1/checkins", json={"valence": 7, "entry_id": oldest})
    reports = [
        entry["self_report"]["valence"]
        for entry in service.client.get("/v1/entries").json()["entries"]
    ]
    assert reports == [3, 7]


def test_questionnaires_are_kept_and_counted_as_published(service: Service) -> None:
    said = {"form": "gad-7", "answers": [1, 1, 2, 0, 0, 3, 0]}
    kept = service.client.post("/v1/checkins", json=said)
    assert kept.status_code == 201
    assert kept.json()["questionnaire"]["total"] == 7
    assert kept.json()["questionnaire"]["band"] == "mild"
    [found] = service.client.get("/v1/checkins").json()["questionnaires"]
    assert found["answers"] == said["answers"]


@pytest.mark.parametrize(
    "said",
    [
        {"form": "gad-7", "answers": [0] * 8},
        {"form": "phq-8", "answers": [0] * 7 + [4]},
        {"form": "phq-9", "answers": [0] * 9},
        {"form": "phq-8", "answers": ["0"] * 8},
        {"valence": 5, "form": "phq-8", "answers": [0] * 8},
    ],
)
def test_what_is_no_check_in(service: Service, said: object) -> None:
    assert service.client.post("/v1/checkins", json=said).status_code == 422
    assert service.client.get("/v1/checkins").json() == {"questionnaires": []}


def test_words_are_kept_read_and_erased_by_themselves(service: Service) -> None:
    [key] = filled(service, 1)
    address = f"/v1/entries/{key}/transcript"
    assert service.client.get(address).status_code == 404
    for text in ("first", "Mir ging es gut. ☕\nDann nicht."):
        assert service.client.put(address, json={"text": text}).status_code == 204
    assert service.client.get(address).json() == {"transcript": {"text": text}}
    assert "☕" not in service.client.get(f"/v1/entries/{key}").text
    assert [service.client.delete(address).status_code for _ in range(2)] == [204, 204]
    assert service.client.get(address).status_code == 404
    assert service.client.get(f"/v1/entries/{key}").status_code == 200


def test_words_with_their_times(service: Service) -> None:
    [key] = filled(service, 1)
    address = f"/v1/entries/{key}/transcript"
    timed = {"segments": [{"text": "It was long.", "start": 0.5, "end": 1.5}]}
    assert service.client.put(address, json=timed).status_code == 204
    assert service.client.get(address).json() == {"transcript": timed}
    assert service.client.get("/v1/me").json()["keeping"]["transcripts"] == 1
    for start, end in ((2.0, 1.0), (-1.0, 1.0), (0.0, 1e9)):
        wrong = {"segments": [{"text": "secret words", "start": start, "end": end}]}
        told = service.client.put(address, json=wrong)
        assert (told.status_code, "secret" in told.text) == (422, False)
    assert service.client.put(address, json=timed | {"text": "both"}).status_code == 422
    assert service.client.get(address).json() == {"transcript": timed}


def test_words_without_an_entry_and_too_many_of_them(service: Service) -> None:
    nobody = "/v1/entries/0000000000000000/transcript"
    asked = service.client.put(nobody, json={"text": "said to nobody"})
    assert (asked.status_code, "said" in asked.text) == (404, False)
    assert service.client.delete(nobody).status_code == 404
    [key] = filled(service, 1)
    for text in ("", "x" * 50_001, "a\x00b"):
        told = service.client.put(f"/v1/entries/{key}/transcript", json={"text": text})
        assert told.status_code in (413, 422)
        assert "xxx" not in told.text
