"""Who may open a socket, and as whom."""

import json
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from sockets import Listening, hear, kind_of, listening
from sottovoce.journal.accounts import find_visits
from sottovoce.server.entrance.onetime import TICKET_S, OneTime
from sottovoce.server.entrance.person import Person
from sottovoce.server.entrance.sessions import COOKIE


def refused(here: Listening, query: str = "", **more: object) -> tuple[int, str]:
    """Status and kind of the answer to a handshake."""
    with (
        pytest.raises(InvalidStatus) as found,
        here.open(query, **more),  # type: ignore[arg-type]
    ):
        pass
    answer = found.value.response
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, json.loads(answer.body or b"")["type"].rpartition(":")[2]


def closed(here: Listening, query: str, **more: object) -> tuple[str, int]:
    """The kind of the only event, and the code of the end."""
    with here.open(query, **more) as line:  # type: ignore[arg-type]
        error = hear(line)
        with pytest.raises(ConnectionClosed) as found:
            line.recv(10)
    assert found.value.rcvd is not None
    return kind_of(error), found.value.rcvd.code


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Origin": "https://evil.example"}, 403, "wrong_origin"),
        ({"Origin": "null"}, 403, "wrong_origin"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "wrong_origin"),
        ({"Sec-Fetch-Site": "same-site"}, 403, "wrong_origin"),
    ],
)
def test_pages_of_other_origins_open_none(
    here: Listening, headers: dict[str, str], status: int, kind: str
) -> None:
    assert refused(here, headers=headers) == (status, kind)
    ticket = here.house.entrance.ticket(Person("me"))
    assert refused(here, f"?ticket={ticket}", token="", headers=headers) == (status, kind)


def test_a_host_that_is_not_ours_is_refused(here: Listening) -> None:
    headers = {"Authorization": f"Bearer {here.token}"}
    address = ("127.0.0.1", here.port)
    with (
        pytest.raises(InvalidStatus) as found,
        connect(
            "ws://evil.example/v1/live", address=address, proxy=None, additional_headers=headers
        ),
    ):
        pass
    assert found.value.response.status_code == 421


@pytest.mark.parametrize("token", ["", "wrong", "svt_bWU.wrong"])
def test_without_a_token_that_fits_there_is_none(here: Listening, token: str) -> None:
    assert refused(here, token=token) == (401, "unauthenticated")


def test_a_page_reads_why_in_the_socket(here: Listening) -> None:
    assert closed(here, "", token="", headers={"Origin": here.url}) == ("unauthenticated", 4401)
    missing = "?session=" + "0" * 32
    assert closed(here, missing, headers={"Origin": here.url}) == ("no_session", 4404)


def test_a_token_that_may_not_listen_is_refused(here: Listening) -> None:
    with here.client() as client:
        wish = {"label": "reader", "scopes": ["read"]}
        token = client.post("/v1/tokens", json=wish).json()["token"]
    assert refused(here, token=token) == (403, "forbidden")


def test_a_token_for_listening_is_enough(here: Listening) -> None:
    with here.client() as client:
        wish = {"label": "phone", "scopes": ["listen"]}
        token = client.post("/v1/tokens", json=wish).json()["token"]
    with here.open(token=token) as line:
        assert hear(line)["type"] == "session"


def test_a_cookie_opens_one(here: Listening) -> None:
    with here.client() as client:
        cookie = client.post("/v1/session", json={"secret": here.token}).headers["set-cookie"]
    secret = cookie.partition(";")[0].partition("=")[2]
    shown = {"Cookie": f"{COOKIE}={secret}", "Origin": here.url}
    with here.open(token="", headers=shown) as line:
        assert hear(line)["type"] == "session"


def test_a_ticket_opens_one_socket(here: Listening) -> None:
    with here.client() as client:
        ticket = client.post("/v1/tickets").json()["ticket"]
    with here.open(f"?ticket={ticket}", token="") as line:
        assert hear(line)["type"] == "session"
    assert closed(here, f"?ticket={ticket}", token="") == ("unauthenticated", 4401)


def test_a_ticket_that_is_over_opens_none(here: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    time_s = [0.0]
    monkeypatch.setattr(here.house.entrance, "tickets", OneTime(TICKET_S, lambda: time_s[0]))
    tickets = [here.house.entrance.ticket(Person("me")) for _ in range(2)]
    time_s[0] = TICKET_S
    with here.open(f"?ticket={tickets[0]}", token="") as line:
        assert hear(line)["type"] == "session"
    time_s[0] = TICKET_S + 0.1
    assert closed(here, f"?ticket={tickets[1]}", token="") == ("unauthenticated", 4401)


def test_a_ticket_counts_before_a_token(here: Listening) -> None:
    assert closed(here, "?ticket=nothing") == ("unauthenticated", 4401)


def test_among_many_people_it_is_written_down_who_came(tmp_path: Path) -> None:
    with listening(tmp_path / "home", people=True) as here:
        entrance = here.house.entrance
        good = entrance.ticket(Person("ada", "0123456789abcdef", frozenset({"listen"})))
        with here.open(f"?ticket={good}", token="") as line:
            session = hear(line)["id"]
        poor = entrance.ticket(Person("ada", "0123456789abcdef", frozenset({"read"})))
        assert closed(here, f"?ticket={poor}", token="") == ("forbidden", 4403)
        with here.house.journal_of("ada").reading() as owned:
            visits = [(one.asked, one.about, one.status) for one in find_visits(owned, 9)]
    assert visits == [("GET /v1/live", None, 403), ("GET /v1/live", session, 101)]


@pytest.mark.parametrize("query", ["?session=x", "?after=-2", "?after=x", "?token=secret"])
def test_what_an_address_may_not_say(here: Listening, query: str) -> None:
    assert refused(here, query) == (422, "invalid")


def test_other_addresses_have_no_sockets(here: Listening) -> None:
    with (
        pytest.raises(InvalidStatus) as found,
        connect(f"ws://127.0.0.1:{here.port}/v1/entries", proxy=None),
    ):
        pass
    answer = found.value.response
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
