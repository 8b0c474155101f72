"""No door of the service leads to a number about low mood, whatever lies in the models folder."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from journals import Forgetful
from services import Service, served
from sottovoce.journal.keys import Locksmith
from sottovoce.server.schemas.live import Stop

MakeModel = Callable[..., Path]


@pytest.fixture
def service(home: Path, make_model: MakeModel) -> Iterator[Service]:
    """A service whose person has a model without an evaluation, and one that passes the fence."""
    make_model(None, name="unjudged")
    make_model(name="judged")
    keyring = Forgetful()
    with served(home, Locksmith(home, keyring=lambda: keyring)) as found:
        yield found


def test_asking_for_a_model_of_low_mood_brings_nothing_more(service: Service) -> None:
    for path in ("/v1/analyses", "/analyze-stress"):
        plain = told(service, path)
        for name in ("unjudged", "judged"):
            for field in ("risk", "model"):
                for asked in ({"params": {field: name}}, {"data": {field: name}}):
                    answer = service.post_memo(path, **asked)
                    assert answer.status_code >= 400 or without_time(answer.json()) == plain
    assert plain_marker(told(service, "/v1/analyses")) == "experimental-low-mood/1"


def test_no_word_of_the_live_socket_asks_for_it() -> None:
    for field in ("risk", "model"):
        with pytest.raises(ValidationError, match="extra_forbidden"):
            Stop.model_validate({"type": "stop", field: "judged"})


def told(service: Service, path: str) -> Any:
    return without_time(service.post_memo(path).json())


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    inner = answer.get("analysis", answer)
    inner.pop("elapsed_s", None)
    return answer


def plain_marker(answer: dict[str, Any]) -> str:
    return str(answer["analysis"]["low_mood"]["method"])


def test_the_service_describes_no_such_number(service: Service) -> None:
    description = json.dumps(service.client.get("/openapi.json").json())
    assert "like cases" not in description
    assert "--risk" not in description
    listed = service.client.get("/v1/models").json()["models"]
    assert {"judged", "unjudged"} <= {one["name"] for one in listed}
    assert all(set(one) == set(listed[0]) for one in listed)  # names and cards, no figures
