"""Who may speak to the service at all: its own names, and pages of its own origin.

Without this any page in a browser could reach it: by a name that resolves to this machine (DNS
rebinding), or by a form that posts across origins.
"""

import re
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sottovoce.server.problems import Problem, problem_response

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
OWN_SITES = frozenset({"same-origin", "none"})


class Doors:
    """Refuses a Host that is not ours, and what a page of another origin sends."""

    def __init__(self, app: ASGIApp, known_hosts: AbstractSet[str]) -> None:
        self.app = app
        self.known_hosts = known_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer with a problem."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        kind = refusal(scope, self.known_hosts)
        if kind is None:
            await self.app(scope, receive, send)
        else:
            await problem_response(Problem(kind), scope)(scope, receive, send)


def refusal(scope: Scope, known_hosts: AbstractSet[str]) -> str | None:
    """The kind of problem with where a request comes from, or None."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or host_name(hosts[0]) not in known_hosts:
        return "wrong_host"
    safe = scope["type"] == "http" and scope["method"] in SAFE_METHODS
    return None if safe or own_page(headers, hosts[0]) else "wrong_origin"


def host_name(host: str) -> str:
    """The name in a Host header, in lower case; empty where it is none.

    >>> host_name("LOCALHOST:8377"), host_name("[::1]:80"), host_name("127.0.0.1.evil.example")
    ('localhost', '::1', '127.0.0.1.evil.example')
    """
    found = HOST.fullmatch(host.lower())
    return found["name"].strip("[]") if found else ""


def own_page(headers: Headers, host: str) -> bool:
    """Whether a page of our own, or no page at all, sends this.

    Browsers name the origin of whatever changes something; programs need not.
    """
    origins = headers.getlist("origin")
    if origins:
        return len(origins) == 1 and same_origin(origins[0], host)
    return headers.get("sec-fetch-site", "none") in OWN_SITES


def same_origin(origin: str, host: str) -> bool:
    """Whether an Origin is that of the host which was asked.

    >>> same_origin("http://127.0.0.1:8377", "127.0.0.1:8377"), same_origin("null", "localhost")
    (True, False)
    """
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
