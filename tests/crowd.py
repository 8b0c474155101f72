"""Several people with accounts at one service."""

from typing import Any

from services import ORIGIN, Service

PASSWORD = "a long and quiet evening"


def entered(service: Service, name: str, password: str = PASSWORD) -> Any:
    return service.anonymous.post("/v1/session", json={"name": name, "password": password})


def as_browser(service: Service, name: str) -> dict[str, str]:
    """What a browser sends in which somebody has entered."""
    answer = entered(service, name)
    assert answer.status_code == 204
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0], "Origin": ORIGIN}


def token_of(service: Service, name: str, *scopes: str) -> dict[str, str]:
    """What an app sends that somebody gave a token."""
    wish = {"label": "app", "scopes": scopes}
    made = service.anonymous.post("/v1/tokens", json=wish, headers=as_browser(service, name))
    assert made.status_code == 201
    return {"Authorization": f"Bearer {made.json()['token']}"}
