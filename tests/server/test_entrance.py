"""Who is let in."""

import time

import pytest

from services import ORIGIN, Service
from sottovoce.server.entrance.onetime import CODE_S, OneTime
from sottovoce.server.entrance.patience import LONGEST_S, Patience
from sottovoce.server.entrance.person import Person
from sottovoce.server.entrance.sessions import COOKIE, IDLE_S, Sessions

WRONG = [
    "Bearer sv_wrong",
    "Bearer ",
    "Bearer",
    "Basic bWU6bWU=",
    "sv_wrong",
    "Bearer sv_wr\xf6ng",
]


@pytest.mark.parametrize("shown", WRONG)
def test_what_does_not_fit_is_not_let_in(service: Service, shown: str) -> None:
    answer = service.anonymous.get("/v1/entries", headers={"Authorization": shown.encode("latin1")})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "urn:sottovoce:problem:unauthenticated"
    assert "wr" not in answer.text.replace("urn", "")


def test_a_token_with_more_or_less_is_another(service: Service) -> None:
    for other in (service.token[:-1], f"{service.token}a", service.token.upper()):
        shown = {"Authorization": f"Bearer {other}"}
        assert service.anonymous.get("/v1/entries", headers=shown).status_code == 401


def test_the_token_never_stands_in_an_address(service: Service) -> None:
    address = f"/v1/entries?token={service.token}&access_token={service.token}"
    assert service.anonymous.get(address).status_code == 401


def test_nothing_of_a_body_is_read_before_who_asks_is_known(service: Service) -> None:
    answer = service.anonymous.post("/v1/checkins", content=b"no JSON at all")
    assert answer.status_code == 401


def test_a_browser_gets_a_cookie_that_no_script_reads(service: Service) -> None:
    entered = service.anonymous.post("/v1/session", json={"secret": service.token})
    assert entered.status_code == 204
    given = entered.headers["set-cookie"]
    assert given.startswith("__Host-sottovoce=")
    for part in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part in given
    assert "domain" not in given.lower()
    assert service.token not in given


def test_a_cookie_lets_in_until_it_is_given_back(service: Service) -> None:
    entered = service.anonymous.post("/v1/session", json={"secret": service.token})
    cookie = {"Cookie": entered.headers["set-cookie"].partition(";")[0], "Origin": ORIGIN}
    assert service.anonymous.get("/v1/entries", headers=cookie).status_code == 200
    left = service.anonymous.delete("/v1/session", headers=cookie)
    assert (left.status_code, left.headers["clear-site-data"]) == (
        204,
        '"cache", "cookies", "storage"',
    )
    assert service.anonymous.get("/v1/entries", headers=cookie).status_code == 401


def test_a_links_code_lets_in_once(service: Service) -> None:
    code = service.house.entrance.codes.new(Person("me"))
    first = service.anonymous.post("/v1/session", json={"secret": code})
    again = service.anonymous.post("/v1/session", json={"secret": code})
    assert (first.status_code, again.status_code) == (204, 401)


def test_who_guesses_has_to_wait_and_the_person_does_not(service: Service) -> None:
    guesses = [
        service.anonymous.post("/v1/session", json={"secret": f"guess number {n:04}"})
        for n in range(15)
    ]
    assert guesses[-1].status_code == 429
    assert int(guesses[-1].headers["retry-after"]) >= 1
    assert service.client.get("/v1/entries").status_code == 200
    entered = service.anonymous.post("/v1/session", json={"secret": service.token})
    assert entered.status_code == 204


def test_waiting_doubles_up_to_a_minute_and_is_forgotten() -> None:
    now = [0.0]
    patience = Patience(clock=lambda: now[0])
    waits = []
    for _ in range(20):
        patience.failed("here")
        waits.append(patience.wait_s("here"))
    assert waits[:9] == [0.0] * 9
    assert waits[9:13] == [1.0, 2.0, 4.0, 8.0]
    assert waits[-1] == LONGEST_S
    now[0] = 601.0
    assert patience.wait_s("here") == 0.0


def test_many_names_take_bounded_memory() -> None:
    patience = Patience(clock=lambda: 0.0)
    for number in range(10_050):
        patience.failed(str(number))
    assert len(patience._failures) == 10_000


def test_codes_grow_old() -> None:
    now = [0.0]
    codes = OneTime(CODE_S, clock=lambda: now[0])
    code = codes.new(Person("me"))
    now[0] = CODE_S + 1
    assert not codes.use(code)


def test_sessions_end_when_nobody_uses_them() -> None:
    now = [time.time()]
    sessions = Sessions(clock=lambda: now[0])
    secret = sessions.begin(Person("me"))
    now[0] += IDLE_S - 1
    assert sessions.person(secret) == Person("me")
    now[0] += IDLE_S + 1
    assert sessions.person(secret) is None


def test_the_number_of_sessions_is_bounded() -> None:
    sessions = Sessions()
    first = sessions.begin(Person("me"))
    for _ in range(1000):
        last = sessions.begin(Person("me"))
    assert sessions.person(first) is None
    assert sessions.person(last) is not None


def test_a_made_up_cookie_is_nobodys(service: Service) -> None:
    shown = {"Cookie": f"{COOKIE}=made-up"}
    assert service.anonymous.get("/v1/entries", headers=shown).status_code == 401
