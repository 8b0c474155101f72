"""Every error is a problem, and none says what was sent."""

from typing import Any

import pytest

from services import Service

SECRET = "my-private-value-5150"


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """The members of a problem, checked for its shape."""
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert (answer.status_code, found["status"]) == (status, status)
    assert found["type"] == f"urn:sottovoce:problem:{kind}"
    assert found["instance"] == f"urn:sottovoce:request:{answer.headers['x-request-id']}"
    assert SECRET not in answer.text
    return found


def test_nothing_is_there(service: Service) -> None:
    problem(service.anonymous.get(f"/{SECRET}"), 404, "not_found")
    problem(service.anonymous.get("/v1/entries/"), 404, "not_found")


def test_a_method_that_is_not_known_is_told_which_are(service: Service) -> None:
    answer = service.client.put("/v1/entries/0123456789abcdef")
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "DELETE, GET, PATCH"


WRONG_BODIES: list[tuple[bytes, int, str]] = [
    (b"", 422, "invalid"),
    (b"{", 400, "bad_request"),
    (b'{"valence": "my-private-value-5150"}', 422, "invalid"),
    (b'{"my-private-value-5150": 1}', 422, "invalid"),
    (b'{"form": "my-private-value-5150", "answers": [0]}', 422, "invalid"),
    (b'{"valence": NaN}', 422, "invalid"),
    (b'{"valence": 1e400}', 422, "invalid"),
    (b'{"valence": ' + b"9" * 5000 + b"}", 400, "bad_request"),
    (b"[" * 5000 + b"]" * 5000, 400, "bad_request"),
    (b'{"a":' * 2500 + b"1" + b"}" * 2500, 400, "bad_request"),
    (b'{"valence": "\xff\xfe"}', 400, "bad_request"),
    (b'"\\ud800"', 422, "invalid"),
    (b"null", 422, "invalid"),
]


@pytest.mark.parametrize(("body", "status", "kind"), WRONG_BODIES)
def test_wrong_json(service: Service, body: bytes, status: int, kind: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = service.client.post("/v1/checkins", content=body, headers=headers)
    problem(answer, status, kind)


def test_a_wrong_part_is_named_and_an_unknown_one_is_not(service: Service) -> None:
    answer = service.client.patch("/v1/entries/0123456789abcdef", json={"note": 5, SECRET: SECRET})
    found = problem(answer, 422, "invalid")
    assert found["errors"] == [
        {"type": "string_type", "where": ["body", "note"]},
        {"type": "extra_forbidden", "where": ["body"]},
    ]


@pytest.mark.parametrize("note", ["\x00", "a\x00b", "\ud800"])
def test_what_no_database_keeps_is_refused(service: Service, note: str) -> None:
    import json

    answer = service.client.patch(
        "/v1/entries/0123456789abcdef",
        content=json.dumps({"note": note}),
        headers={"Content-Type": "application/json"},
    )
    problem(answer, 422, "invalid")


@pytest.mark.parametrize("named", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_json_calls_itself_json(service: Service, named: str) -> None:
    answer = service.client.post(
        "/v1/checkins", content=b'{"valence": 5}', headers={"Content-Type": named}
    )
    problem(answer, 415, "unsupported_media_type")


def test_a_body_of_text_is_bounded(service: Service) -> None:
    headers = {"Content-Type": "application/json"}
    big = b'{"note": "' + b"a" * 20_000 + b'"}'
    named = service.client.post("/v1/checkins", content=big, headers=headers)
    problem(named, 413, "too_large")
    pieces = service.client.post("/v1/checkins", content=iter([big]), headers=headers)
    problem(pieces, 413, "too_large")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "deleted=maybe", f"limit={SECRET}"]
)
def test_wrong_queries(service: Service, query: str) -> None:
    problem(service.client.get(f"/v1/entries?{query}"), 422, "invalid")


@pytest.mark.parametrize(
    "cursor", [SECRET, "bnVsbA", "W10", "WzEsMl0", "WyIyMDI2LTAxLTAxIiwgIngiXQ"]
)
def test_made_up_cursors(service: Service, cursor: str) -> None:
    problem(service.client.get(f"/v1/entries?cursor={cursor}"), 404, "no_page")


def test_a_fault_of_ours_is_a_problem_without_its_words(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("sottovoce.server.routes.models.list_models", broken)
    problem(service.client.get("/v1/models"), 500, "failed")
    assert SECRET not in caplog.text
    told = [record for record in caplog.records if record.message == "failed"]
    assert told[0].facts["error"] == "RuntimeError"  # type: ignore[attr-defined]
