"""The socket is what its description says: every message that is really sent is valid."""

import json
from typing import Any

import pytest
from jsonschema_rs import ValidationError, validator_for

from sockets import Listening, hear, say, speak, spoken, until
from sottovoce.server.live.asyncapi import describe
from sottovoce.server.schemas.live import EVENTS, MESSAGES

EVENT_NAMES = {
    "session": "Session",
    "partial": "Partial",
    "final": "Final",
    "warning": "Warned",
    "summary": "Summary",
    "error": "Error",
}
MESSAGE_NAMES = {
    "finalize": "Finalize",
    "pause": "Pause",
    "resume": "Resume",
    "keep_alive": "KeepAlive",
    "lost": "Lost",
    "stop": "Stop",
}


@pytest.fixture
def document(here: Listening) -> dict[str, Any]:
    with here.client(token="none") as client:
        answer = client.get("/asyncapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def check(document: dict[str, Any], name: str, value: Any) -> None:
    """Validate against the payload of a message, with all that it refers to."""
    schema = {"components": document["components"], "$ref": f"#/components/schemas/{name}"}
    validator_for(schema).validate(value)


def test_every_event_that_is_sent_is_described(here: Listening, document: dict[str, Any]) -> None:
    with here.open() as line:
        line.send("nonsense")
        say(line, "lost", seconds=0.5)
        speak(line, bytes(6 * 32_000), [64_000])
        speak(line, spoken("hurried"))
        say(line, "pause")
        line.send(bytes(2))
        say(line, "finalize")
        say(line, "stop", save=True)
        events = until(line, "summary")
    assert {event["type"] for event in events} == set(EVENT_NAMES)
    assert any(event.get("running") for event in events)
    for event in events:
        check(document, EVENT_NAMES[event["type"]], event)
    with here.open() as line:
        hear(line)
        say(line, "stop")
        check(document, "Summary", hear(line))


SENT = [
    {"type": "finalize"},
    {"type": "pause"},
    {"type": "resume"},
    {"type": "keep_alive"},
    {"type": "lost"},
    {"type": "lost", "seconds": 0.25},
    {"type": "stop"},
    {"type": "stop", "save": True, "note": "a", "tags": ["work"], "zone": "Europe/Berlin"},
]


@pytest.mark.parametrize("message", SENT)
def test_every_message_that_is_taken_is_described(
    here: Listening, document: dict[str, Any], message: dict[str, Any]
) -> None:
    check(document, MESSAGE_NAMES[message["type"]], message)
    with here.open() as line:
        hear(line)
        line.send(json.dumps(message))
        line.send('{"type": "finalize"}')
        answer = hear(line)
        kind = answer.get("problem", {}).get("type", "")
        assert not kind.endswith("bad_message")


@pytest.mark.parametrize(
    "message", [{"type": "stop", "wish": 1}, {"type": "lost", "seconds": -1}, {"type": "go"}]
)
def test_what_is_refused_is_not_described(
    document: dict[str, Any], message: dict[str, Any]
) -> None:
    for name in MESSAGE_NAMES.values():
        with pytest.raises(ValidationError):
            check(document, name, message)


def test_the_document_holds_together(document: dict[str, Any]) -> None:
    assert document == json.loads(json.dumps(describe()))
    assert document["asyncapi"] == "3.0.0"
    for reference in references(document):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    names = set(document["channels"]["live"]["messages"])
    spoken_of = {
        reference["$ref"].rpartition("/")[2]
        for operation in document["operations"].values()
        for reference in operation["messages"]
    }
    assert names == spoken_of == {"Sound", *(model.__name__ for model in (*MESSAGES, *EVENTS))}


def references(value: Any) -> list[str]:
    """Every `$ref` in a document."""
    if isinstance(value, list):
        return [found for one in value for found in references(one)]
    if isinstance(value, dict):
        mine = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return mine + [found for one in value.values() for found in references(one)]
    return []
