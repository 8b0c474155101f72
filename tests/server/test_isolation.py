"""What is somebody else's is not there: generated from the table of routes.

Every address with an id in it is asked, with every method it knows, for the id of another owner,
which has to be answered as one that does not exist; and every address without one is looked
through for what is the other's.
"""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from fastapi.routing import APIRoute

from journals import memo
from services import OTHER, SAMPLES, Service
from sottovoce.jobs.queue import JobOptions
from sottovoce.journal.accounts import find_tokens
from sottovoce.journal.checkins import questionnaire
from sottovoce.journal.finding import find_entries, find_questionnaires
from sottovoce.journal.sounds import Sound
from sottovoce.server.app import ROUTERS
from sottovoce.server.routes.dashboard import ROOT_FILES

CANARY = "what-the-other-wrote"
PAGE = {"/", "/assets/{name}", *(f"/{name}" for name in ROOT_FILES)}
"""The dashboard itself, the same for everybody."""
ROUTES = [
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.path not in PAGE
    for method in sorted(route.methods - {"HEAD"})
]
BODIES: dict[str, Any] = {
    "PATCH /v1/entries/{entry_id}": {"note": "mine now"},
    "PUT /v1/alerts/{rule}": {"enabled": False},
    "PUT /v1/entries/{entry_id}/transcript": {"text": "mine now"},
}
OF_NOBODY = {"/v1/alerts/{rule}"}
"""Addresses whose name is no id of a row."""


@pytest.fixture
def others(service: Service) -> dict[str, str]:
    """Ids of what the other has: an entry, and a job."""
    journal = service.journal(OTHER)
    audio = CANARY.encode()
    kept = Sound([audio], sha256(audio).hexdigest(), ".wav")
    added = journal.add(memo(1, note=CANARY, tags=(CANARY,), sound=kept))
    journal.answer(questionnaire("gad-7", [3] * 7, journal.clock()), added.entry.id)
    job = service.house.jobs.submit(OTHER, (SAMPLES / "even.ogg").read_bytes(), JobOptions(), None)
    valid = timedelta(days=1)
    _, token = service.house.entrance.tokens.new(OTHER, CANARY, ["read"], valid)
    ids = {"entry_id": added.entry.id, "job_id": job.id, "token_id": token.id}
    return {**ids, "channel_id": "f" * 16}


def rows(service: Service) -> str:
    """Everything that the other has, as text."""
    with service.journal(OTHER).reading() as owned:
        found = [repr(one) for one in find_entries(owned, whole=True, deleted=None)]
        found += [repr(one) for one in find_questionnaires(owned)]
        return "\n".join(found + [repr(one) for one in find_tokens(owned)])


@pytest.mark.parametrize(
    ("method", "path"), [one for one in ROUTES if "{" in one[1] and one[1] not in OF_NOBODY]
)
def test_an_id_of_somebody_else_is_no_id(
    service: Service, others: dict[str, str], method: str, path: str
) -> None:
    before = rows(service)
    body = BODIES.get(f"{method} {path}")
    never = {name: "0" * len(value) for name, value in others.items()}
    theirs = service.client.request(method, path.format(**others), json=body)
    nobodys = service.client.request(method, path.format(**never), json=body)
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert without_id(theirs) == without_id(nobodys)
    assert rows(service) == before


def without_id(answer: Any) -> dict[str, Any]:
    """A problem but for the request's own id."""
    return {name: value for name, value in answer.json().items() if name != "instance"}


@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "GET"])
def test_nothing_of_somebody_else_is_told(
    service: Service, others: dict[str, str], path: str
) -> None:
    answer = service.client.get(path.format(**others, rule="flat_voice"))
    assert CANARY.encode() not in answer.content
    assert others["entry_id"].encode() not in answer.content


def test_a_check_in_cannot_go_with_somebody_elses_memo(
    service: Service, others: dict[str, str]
) -> None:
    before = rows(service)
    for said in ({"valence": 1}, {"form": "gad-7", "answers": [0] * 7}):
        body = {**said, "entry_id": others["entry_id"]}
        answer = service.client.post("/v1/checkins", content=json.dumps(body), headers=JSON)
        assert answer.status_code == 404
    assert rows(service) == before


JSON = {"Content-Type": "application/json"}


def test_the_same_recording_and_key_of_two_people_are_two(service: Service) -> None:
    sound = (SAMPLES / "even.ogg").read_bytes()
    theirs = service.house.jobs.submit(OTHER, sound, JobOptions(save=True), "same")
    mine = service.post_memo("/v1/analyses?save=true", headers={"Idempotency-Key": "same"})
    assert mine.status_code == 201
    assert service.journal().count() == 1
    assert service.house.jobs.find(OTHER, theirs.id).entry_id in (None, mine.json()["entry_id"])


OPEN = {"/healthz", "/readyz", "/asyncapi.json", "/v1/session"}


@pytest.mark.parametrize(("method", "path"), [one for one in ROUTES if one[1] not in OPEN])
def test_nothing_is_open_but_what_is_meant_to_be(
    service: Service, others: dict[str, str], method: str, path: str
) -> None:
    answer = service.anonymous.request(method, path.format(**others, rule="flat_voice"))
    assert answer.status_code == 401


def test_the_table_of_routes_is_not_empty() -> None:
    assert len(ROUTES) >= 27
