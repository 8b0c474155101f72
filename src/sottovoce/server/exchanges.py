"""The examples of the API's description: what a service was asked, and what it answered.

>>> kept = recorded()["POST /v1/checkins"]
>>> sorted(kept), kept["request"]["how you feel"]
(['201', 'request'], {'valence': 5})
"""

import json
from pathlib import Path
from typing import Any

from sottovoce.server.kinds import kinds_of, problem_example
from sottovoce.server.problems import MEDIA_TYPE

FILE = Path(__file__).with_name("exchanges.json")
"""By method and address: bodies under ``request``, answers under their status, each by a name."""


def recorded() -> dict[str, dict[str, dict[str, Any]]]:
    """All of them."""
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(FILE.read_bytes())
    return found


def add_examples(found: dict[str, Any]) -> None:
    """Give each body and each answer of a description its examples."""
    told = recorded()
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            key = f"{method.upper()} {path}"
            bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
            for which, named in told.get(key, {}).items():
                put(bodies[which], named)
            kinds = kinds_of(key, operation)
            put(operation["responses"]["default"], {kind: problem_example(kind) for kind in kinds})


def put(body: dict[str, Any], named: dict[str, Any]) -> None:
    """Name examples where a body's kind of content is told."""
    for content_type, content in body["content"].items():
        if content_type == MEDIA_TYPE or "examples" not in content:
            content["examples"] = {name: {"value": value} for name, value in named.items()}
