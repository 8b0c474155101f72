"""Who may speak to the service at all."""

import pytest

from services import ORIGIN, Service

FOREIGN_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8377",
    "127.0.0.1@evil.example",
    "[::1].evil.example",
    "[",
    "",
]
FOREIGN_ORIGINS = [
    "https://evil.example",
    "http://127.0.0.1:3000",
    "http://127.0.0.1:8377.evil.example",
    "null",
    "",
    "http://[",
]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_host_that_is_not_ours_is_refused(service: Service, host: str) -> None:
    answer = service.client.get("/v1/entries", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8377", "LOCALHOST", "localhost:1", "[::1]:8377"])
def test_names_of_this_machine_are_ours(service: Service, host: str) -> None:
    assert service.client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_pages_of_other_origins_change_nothing(service: Service, method: str, origin: str) -> None:
    answer = service.client.request(method, "/v1/checkins", headers={"Origin": origin})
    assert (answer.status_code, answer.json()["type"]) == (
        403,
        "urn:sottovoce:problem:wrong_origin",
    )


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something-new"])
def test_fetches_across_sites_change_nothing(service: Service, site: str) -> None:
    answer = service.client.post("/v1/session", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403


def test_our_own_page_may(service: Service) -> None:
    own = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    answer = service.client.put("/v1/alerts/flat_voice", json={"enabled": False}, headers=own)
    assert answer.status_code == 200


def test_no_answer_may_be_read_across_origins(service: Service) -> None:
    answer = service.client.get("/v1/entries", headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    preflight = service.client.options(
        "/v1/checkins",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/nope", "/v1/entries", "/openapi.json"])
def test_every_answer_keeps_the_browsers_doors_shut(service: Service, path: str) -> None:
    headers = service.anonymous.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "microphone=(self)" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    assert "server" not in headers
