"""The description of the API (OpenAPI 3.1) as FastAPI makes it, with what FastAPI cannot know."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sottovoce import __version__
from sottovoce.server.entrance.sessions import COOKIE
from sottovoce.server.exchanges import add_examples
from sottovoce.server.schemas.parts import ProblemBody

DESCRIPTION = """How a memo sounded, with its doubt, on your own machine. Every error is an
`application/problem+json` with a stable `type`. Not a medical device; not for use at work or in
education."""
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}
OPEN = frozenset({"/healthz", "/readyz", "/asyncapi.json", "/v1/session"})


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        found = get_openapi(
            title="Sottovoce", version=__version__, description=DESCRIPTION, routes=app.routes
        )
        add_problem(found)
        add_security(found)
        add_examples(found)
        app.openapi_schema = found
    return app.openapi_schema


def add_problem(found: dict[str, Any]) -> None:
    """The shape of every error, in place of the framework's own."""
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem


def add_security(found: dict[str, Any]) -> None:
    """Which addresses need a token or a cookie: all but a few."""
    found["components"]["securitySchemes"] = SCHEMES
    for path, operations in found["paths"].items():
        if path not in OPEN:
            for operation in operations.values():
                operation["security"] = [{name: []} for name in SCHEMES]
