"""The description of the live socket (AsyncAPI 3), made of the same models that the service uses.

>>> found = describe()
>>> found["asyncapi"], sorted(found["operations"])
('3.0.0', ['hear', 'say'])
"""

from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sottovoce import __version__
from sottovoce.server.answers import told
from sottovoce.server.entrance.sessions import COOKIE
from sottovoce.server.live.asked import ADDRESS, Asked
from sottovoce.server.routes.guarded import TypedRoute
from sottovoce.server.schemas.live import EVENTS, MESSAGES

router = APIRouter(tags=["service"], route_class=TypedRoute)

DESCRIPTION = """How a voice sounds while it speaks. Sound goes in as 16-bit little-endian PCM,
mono, 16 kHz, in binary frames of at most 64 KiB; events come out as JSON."""
SCHEMAS = "#/components/schemas/"
CHANNEL = "#/channels/live"
SOUND = "Sound"
SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "cookie": {"type": "httpApiKey", "in": "cookie", "name": COOKIE},
    "ticket": {"type": "httpApiKey", "in": "query", "name": "ticket"},
}


DOCUMENT = {"type": "object", "required": ["asyncapi", "info"]}


@router.get(
    "/asyncapi.json",
    responses={200: told("AsyncAPI 3.", content={"application/json": {"schema": DOCUMENT}})},
)
async def description() -> JSONResponse:
    """The description of the live socket."""
    return JSONResponse(describe())


@cache
def describe() -> dict[str, Any]:
    """The whole document."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Sottovoce", "version": __version__, "description": DESCRIPTION},
        "defaultContentType": "application/json",
        "servers": {"here": server()},
        "channels": {"live": channel()},
        "operations": {
            "say": operation("receive", "What a client sends.", [SOUND, *map(name_of, MESSAGES)]),
            "hear": operation("send", "What the service tells.", list(map(name_of, EVENTS))),
        },
        "components": components(),
    }


def server() -> dict[str, Any]:
    """The service on this machine, and what it wants to be shown."""
    return {
        "host": "127.0.0.1:8377",
        "protocol": "ws",
        "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in SECURITY],
    }


def channel() -> dict[str, Any]:
    """The one channel, and what its address may say."""
    names = [SOUND, *map(name_of, (*MESSAGES, *EVENTS))]
    query = Asked.model_json_schema()
    return {
        "address": ADDRESS,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {"ws": {"method": "GET", "query": query, "bindingVersion": "0.1.0"}},
    }


def operation(action: str, words: str, names: list[str]) -> dict[str, Any]:
    """What goes one way, as the service does it."""
    messages = [{"$ref": f"{CHANNEL}/messages/{name}"} for name in names]
    return {
        "action": action,
        "channel": {"$ref": CHANNEL},
        "summary": words,
        "messages": messages,
    }


def components() -> dict[str, Any]:
    """Messages, and the schemas they share."""
    spoken = (*MESSAGES, *EVENTS)
    _, found = models_json_schema(
        [(model, "validation" if model in MESSAGES else "serialization") for model in spoken],
        ref_template=SCHEMAS + "{model}",
    )
    return {
        "messages": {SOUND: sound(), **{name_of(model): message(model) for model in spoken}},
        "schemas": found["$defs"],
        "securitySchemes": SECURITY,
    }


def sound() -> dict[str, Any]:
    """A binary frame."""
    return {
        "name": SOUND,
        "summary": "A frame of 16-bit little-endian PCM, mono, 16 kHz, of at most 64 KiB.",
        "contentType": "application/octet-stream",
        "payload": {"type": "string", "format": "binary", "maxLength": 65_536},
    }


def message(model: type[BaseModel]) -> dict[str, Any]:
    """A text frame."""
    name = name_of(model)
    words = (model.__doc__ or "").strip()
    return {"name": name, "summary": words, "payload": {"$ref": SCHEMAS + name}}


def name_of(model: type[BaseModel]) -> str:
    """What the document calls a model."""
    return model.__name__
