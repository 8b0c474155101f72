"""The examples of the API's description: valid, of every body and answer, and true."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema_rs import ValidationError, validator_for

from exchanges import record
from services import Service
from sottovoce.server.exchanges import recorded
from sottovoce.server.kinds import FORM, JSON
from sottovoce.server.problems import KINDS, MEDIA_TYPE, URN

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NO_JSON = {"application/zip", "audio/*", "text/plain", "text/html"}
Operation = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def document(shared_service: Service) -> dict[str, Any]:
    found: dict[str, Any] = shared_service.client.get("/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    return found


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Each with its method and address."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def shown(content: dict[str, Any]) -> list[Any]:
    """The values of all examples."""
    return [one["value"] for one in content.get("examples", {}).values()]


def check(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Whether a value is what a schema of the document says."""
    validator_for({"components": document["components"], **schema}).validate(value)


def test_every_answer_has_valid_examples(document: dict[str, Any]) -> None:
    seen = 0
    for key, operation in operations(document):
        for status, answer in operation["responses"].items():
            for kind, content in answer.get("content", {}).items():
                if kind in NO_JSON:
                    continue
                assert shown(content), f"{key} {status}"
                for value in shown(content):
                    check(document, content["schema"], value)
                    seen += 1
    assert seen > 200


def test_every_body_has_valid_examples(document: dict[str, Any]) -> None:
    seen = set()
    for key, operation in operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            assert shown(content), key
            for value in shown(content):
                check(document, content["schema"], value)
                seen.add(kind)
    assert seen == {JSON, FORM, "application/zip"}


def test_a_wrong_example_would_be_seen(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/EntryPage"}
    with pytest.raises(ValidationError):
        check(document, schema, {"entries": [{"id": "nothing else"}], "next": None})


def test_every_problem_is_one_of_ours(document: dict[str, Any]) -> None:
    told = set()
    for key, operation in operations(document):
        named = operation["responses"]["default"]["content"][MEDIA_TYPE]["examples"]
        assert {"wrong_host", "failed"} <= set(named), key
        for kind, example in named.items():
            value = example["value"]
            assert value["type"] == f"{URN}{kind}"
            assert (value["title"], value["status"]) == (KINDS[kind].title, KINDS[kind].status)
            told.add(kind)
    of_sockets = {"idle", "wrong_turn", "superseded", "bad_message", "too_many_faults", "shutdown"}
    of_no_address = {"not_found", "method_not_allowed", "no_session", "journal"}
    assert set(KINDS) - told <= of_sockets | of_no_address


def test_every_exchange_belongs_to_an_address(document: dict[str, Any]) -> None:
    assert set(recorded()) <= {key for key, _ in operations(document)}


def test_a_service_answers_as_the_examples_say(service: Service) -> None:
    """Where it does not any more: ``python tests/exchanges.py`` records them anew."""
    same_shape(record(service), recorded())


def same_shape(said: Any, shown: Any, where: str = "") -> None:
    """The same members, and values of the same kind where both are known."""
    if isinstance(said, dict) and isinstance(shown, dict):
        assert list(said) == list(shown), where
        for name in shown:
            same_shape(said[name], shown[name], f"{where} > {name}")
    elif isinstance(said, list) and isinstance(shown, list):
        for one, other in zip(said, shown, strict=False):
            same_shape(one, other, where)
    elif said is not None and shown is not None:
        numbers = (int, float)
        assert isinstance(said, numbers) == isinstance(shown, numbers), where
        assert isinstance(said, numbers) or type(said) is type(shown), where


IDS = {
    "entry_id": "0" * 16,
    "job_id": "0" * 32,
    "token_id": "0" * 16,
    "rule": "nothing",
    "channel_id": "0" * 16,
}
AS_JSON = {"Content-Type": "application/json"}
PROVOKED: dict[str, dict[str, Any]] = {
    "wrong_host": {"headers": {"Host": "evil.example"}},
    "wrong_origin": {"headers": {"Origin": "https://evil.example"}},
    "unauthenticated": {"headers": {"Authorization": "Bearer nothing"}},
    "bad_request": {"content": b"{", "headers": AS_JSON},
    "unsupported_media_type": {"content": b"{}", "headers": {"Content-Type": "text/x-nothing"}},
    "too_large": {"headers": {"Content-Length": str(10**12)}},
    "bad_form": {"content": b"--b", "headers": {"Content-Type": f"{FORM}; boundary=c"}},
    "no_file": {"files": {"other": b"x"}},
    "empty": {"files": {"file": b""}},
    "unsupported_format": {"files": {"file": b"this is no sound"}},
    "corrupt": {"files": {"file": b"RIFF\xff\xff\xff\xffWAVEfmt "}},
    "no_page": {"params": {"cursor": "nothing"}},
    "bad_address": {"json": {"address": "carrier-pigeon://loft"}},
    "bad_export": {"content": b"PK", "headers": {"Content-Type": "application/zip"}},
    "no_entry": {},
    "no_job": {},
}


def test_addresses_answer_the_problems_that_they_show(
    document: dict[str, Any], service: Service
) -> None:
    """Each of those that can be had at will, at each address that shows it."""
    asked = 0
    for key, operation in operations(document):
        named = operation["responses"]["default"]["content"][MEDIA_TYPE]["examples"]
        for kind in named.keys() & PROVOKED.keys():
            method, path = key.split()
            given = {**body_for(operation), **PROVOKED[kind]}
            answer = service.client.request(method, path.format(**IDS), **given)
            assert comparable(answer.json()) == comparable(named[kind]["value"]), (key, kind)
            asked += 1
    assert asked > 100


def body_for(operation: dict[str, Any]) -> dict[str, Any]:
    """A body that is taken, where JSON is."""
    content = operation.get("requestBody", {}).get("content", {}).get(JSON)
    return {"json": shown(content)[0]} if content else {}


def comparable(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem but for its request, and for what is wrong in this one."""
    return {name: value for name, value in problem.items() if name not in ("instance", "errors")}
