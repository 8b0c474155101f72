"""Many people at one service: accounts, scoped tokens, tickets, and who came when."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from journals import Clock, ask, memo, run
from services import ORIGIN, Service, served
from sottovoce.journal import accounts
from sottovoce.journal.accounts import Visit, broken_visits, find_visits, put_account, put_visit
from sottovoce.journal.store import Journal, open_journal
from sottovoce.server.entrance.scopes import SCOPES
from sottovoce.server.people.passwords import PasswordError, check_password, hash_password

PASSWORD = "a long and quiet evening"


@pytest.fixture(scope="module")
def shared_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("many") / "home"
    home.mkdir()
    (home / "token").write_text("nobody's")
    kept = hash_password(PASSWORD)
    with served(home, people=True) as service:
        for name in ("ada", "grace"):
            with service.journal(name).writing() as owned:
                put_account(owned, kept, service.journal(name).clock())
        yield service


@pytest.fixture
def many(shared_many: Service) -> Service:
    shared_many.house.entrance.patience.succeeded("testclient")
    return shared_many


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


def test_each_enters_to_a_journal_of_their_own(many: Service) -> None:
    entry = many.journal("ada").add(memo(1, note="ada's")).entry
    hers = many.anonymous.get(f"/v1/entries/{entry.id}", headers=as_browser(many, "ada"))
    other = many.anonymous.get(f"/v1/entries/{entry.id}", headers=as_browser(many, "grace"))
    assert (hers.status_code, other.status_code) == (200, 404)


@pytest.mark.parametrize(
    ("name", "password"),
    [("ada", "wrong password"), ("nobody", PASSWORD), ("ada", "x"), ("root", "")],
)
def test_who_does_not_fit_is_told_the_same(many: Service, name: str, password: str) -> None:
    answer = entered(many, name, password or "y")
    assert answer.status_code == 401
    assert answer.json()["title"] == "Send a token: Authorization: Bearer ..."


def test_the_single_persons_token_opens_nothing_here(many: Service) -> None:
    assert many.client.get("/v1/entries").status_code == 401


def test_guessing_is_slowed_down_before_the_password_is_looked_at(
    many: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def never(password: str, _kept: object) -> bool:
        looked.append(password)
        return False

    monkeypatch.setattr("sottovoce.server.people.entrance.matches", never)
    answers = [entered(many, "ada", f"guess {n}") for n in range(14)]
    assert [answer.status_code for answer in answers[-3:]] == [429] * 3
    assert len(looked) == 10
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_session_ends_with_the_account(many: Service) -> None:
    with many.journal("brief").writing() as owned:
        put_account(owned, hash_password(PASSWORD), many.journal("brief").clock())
    browser, app = as_browser(many, "brief"), token_of(many, "brief", "read")
    assert many.anonymous.get("/v1/entries", headers=browser).status_code == 200
    with many.journal("brief").writing() as owned:
        accounts.drop_account(owned)
    assert many.anonymous.get("/v1/entries", headers=browser).status_code == 401
    assert many.anonymous.get("/v1/entries", headers=app).status_code == 401


def test_another_password_ends_every_other_session(many: Service) -> None:
    with many.journal("joan").writing() as owned:
        put_account(owned, hash_password(PASSWORD), many.journal("joan").clock())
    other, here, app = (
        as_browser(many, "joan"),
        as_browser(many, "joan"),
        token_of(many, "joan", "read"),
    )
    wish = {"old": PASSWORD, "new": "a short and loud morning"}
    changed = many.anonymous.put("/v1/password", json=wish, headers=here)
    assert changed.status_code == 204
    anew = {**here, "Cookie": changed.headers["set-cookie"].partition(";")[0]}
    for shown, status in ((other, 401), (here, 401), (anew, 200), (app, 200)):
        assert many.anonymous.get("/v1/entries", headers=shown).status_code == status
    assert entered(many, "joan").status_code == 401
    assert entered(many, "joan", wish["new"]).status_code == 204
    with many.journal("joan").reading() as owned:
        kept = str(accounts.password_hash_of(owned))
    assert kept.startswith("$argon2id$")
    assert wish["new"] not in kept


def test_a_password_changed_by_the_command_ends_sessions_too(many: Service) -> None:
    with many.journal("lise").writing() as owned:
        put_account(owned, hash_password(PASSWORD), many.journal("lise").clock())
    browser = as_browser(many, "lise")
    with many.journal("lise").writing() as owned:  # as `people password` does, in its own process
        accounts.change_password(owned, hash_password("a short and loud morning"))
    assert many.anonymous.get("/v1/entries", headers=browser).status_code == 401


def test_who_does_not_know_the_password_changes_nothing_and_waits(many: Service) -> None:
    browser = as_browser(many, "ada")
    guesses = [{"old": f"guess {number}", "new": "a new evening"} for number in range(12)]
    answers = [many.anonymous.put("/v1/password", json=one, headers=browser) for one in guesses]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429] * 2
    assert answers[0].json()["type"] == "urn:sottovoce:problem:wrong_password"
    many.house.entrance.patience.succeeded("testclient")
    assert entered(many, "ada").status_code == 204


@pytest.mark.parametrize("new", ["short", "p" * 129, ""])
def test_a_password_that_is_none_is_refused_unrepeated(many: Service, new: str) -> None:
    wish = {"old": PASSWORD, "new": new}
    answer = many.anonymous.put("/v1/password", json=wish, headers=as_browser(many, "ada"))
    assert answer.status_code == 422
    assert PASSWORD not in answer.text


def test_leaving_everywhere_ends_the_sessions_of_one_person(many: Service) -> None:
    first, second, other = (as_browser(many, name) for name in ("ada", "ada", "grace"))
    gone = many.anonymous.delete("/v1/sessions", headers=first)
    assert (gone.status_code, "cookies" in gone.headers["clear-site-data"]) == (204, True)
    for shown, status in ((first, 401), (second, 401), (other, 200)):
        assert many.anonymous.get("/v1/entries", headers=shown).status_code == status


def test_alone_there_is_no_password_to_change(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with served(tmp_path / "home") as service:
        wish = {"old": PASSWORD, "new": "a short and loud morning"}
        answer = service.client.put("/v1/password", json=wish)
        assert answer.json()["type"] == "urn:sottovoce:problem:only_many"
        assert service.client.delete("/v1/sessions").status_code == 204
        assert service.client.get("/v1/me").status_code == 200


REQUESTS = {
    "listen": ("POST", "/v1/analyses"),
    "read": ("GET", "/v1/entries"),
    "write": ("PUT", "/v1/alerts/flat_voice"),
    "export": ("GET", "/v1/export"),
    "manage": ("GET", "/v1/tokens"),
}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_may_do_what_its_scopes_say(many: Service, scope: str) -> None:
    shown = token_of(many, "ada", scope)
    for needed, (method, path) in REQUESTS.items():
        answer = many.anonymous.request(method, path, headers=shown)
        refused = (answer.status_code, answer.headers["content-type"]) == (
            403,
            "application/problem+json",
        )
        assert refused is (needed != scope), (needed, answer.status_code)


def test_a_token_is_told_once_kept_as_a_digest_and_can_be_taken_back(many: Service) -> None:
    browser = as_browser(many, "ada")
    wish = {"label": "phone", "scopes": ["read"], "days": 1}
    made = many.anonymous.post("/v1/tokens", json=wish, headers=browser).json()
    shown = {"Authorization": f"Bearer {made['token']}"}
    assert many.anonymous.get("/v1/entries", headers=shown).status_code == 200
    listed = many.anonymous.get("/v1/tokens", headers=browser)
    assert made["token"] not in listed.text
    assert next(one for one in listed.json()["tokens"] if one["id"] == made["id"])["used_at"]
    secret = made["token"].partition(".")[2].encode()
    assert secret not in (many.house.settings.person.home / "journal.db").read_bytes()
    gone = many.anonymous.delete(f"/v1/tokens/{made['id']}", headers=browser)
    assert gone.status_code == 204
    assert many.anonymous.get("/v1/entries", headers=shown).status_code == 401


def test_somebody_elses_token_cannot_be_taken_back(many: Service) -> None:
    made = many.anonymous.post(
        "/v1/tokens",
        json={"label": "a", "scopes": ["read"]},
        headers=as_browser(many, "ada"),
    ).json()
    answer = many.anonymous.delete(f"/v1/tokens/{made['id']}", headers=as_browser(many, "grace"))
    assert answer.status_code == 404
    shown = {"Authorization": f"Bearer {made['token']}"}
    assert many.anonymous.get("/v1/entries", headers=shown).status_code == 200


def test_a_token_says_whose_it_is_and_cannot_say_another(many: Service) -> None:
    from sottovoce.server.entrance.tokens import token_text

    text = token_of(many, "ada", "read")["Authorization"].partition(" ")[2]
    secret = text.partition(".")[2]
    for owner in ("grace", "", "ada\x00", "me", "../ada"):
        shown = {"Authorization": f"Bearer {token_text(owner, secret)}"}
        assert many.anonymous.get("/v1/entries", headers=shown).status_code == 401


def test_a_token_grows_old(tmp_path: Path) -> None:
    from sottovoce.server.entrance.tokens import Tokens

    clock = Clock()
    with open_journal(f"sqlite:///{tmp_path}/journal.db", "ada", clock=clock) as journal:
        tokens = Tokens(lambda owner: Journal(journal.place, owner, clock))
        text, _ = tokens.new("ada", "phone", ["read"], timedelta(days=30))
        clock.now += timedelta(days=29)
        assert tokens.person(text)
        clock.now += timedelta(days=1)
        assert tokens.person(text) is None


def test_a_ticket_opens_one_socket_soon(many: Service) -> None:
    shown = token_of(many, "ada", "listen")
    made = many.anonymous.post("/v1/tickets", headers=shown).json()
    entrance = many.house.entrance
    found = entrance.by_ticket(made["ticket"])
    assert found is not None
    assert (found.owner, found.scopes) == ("ada", {"listen"})
    assert entrance.by_ticket(made["ticket"]) is None


def test_visits_say_who_came_and_never_what_they_saw(many: Service) -> None:
    entry = many.journal("grace").add(memo(2, note="canary-note")).entry
    browser = as_browser(many, "grace")
    shown = token_of(many, "grace", "read")
    many.anonymous.get(f"/v1/entries/{entry.id}?x=canary-query", headers=shown)
    many.anonymous.get("/v1/entries/0000000000000000", headers=shown)
    many.anonymous.put("/v1/alerts/canary-rule", json={"enabled": True}, headers=browser)
    told = many.anonymous.get("/v1/visits", headers=browser)
    newest = told.json()["visits"][:3]
    token_id = newest[1]["by"]
    assert [(one["asked"], one["about"], one["by"], one["status"]) for one in newest] == [
        ("PUT /v1/alerts/{rule}", None, "browser", 404),
        ("GET /v1/entries/{entry_id}", "0" * 16, token_id, 404),
        ("GET /v1/entries/{entry_id}", entry.id, token_id, 200),
    ]
    assert "canary" not in told.text
    assert "POST /v1/session" in {one["asked"] for one in told.json()["visits"]}


def test_what_a_token_may_not_do_and_leaving_are_visits_too(many: Service) -> None:
    shown = token_of(many, "ada", "read")
    assert many.anonymous.get("/v1/export", headers=shown).status_code == 403
    leaving = as_browser(many, "ada")
    assert many.anonymous.delete("/v1/session", headers=leaving).status_code == 204
    assert many.anonymous.delete("/v1/session", headers=leaving).status_code == 204
    told = many.anonymous.get("/v1/visits", headers=as_browser(many, "ada")).json()["visits"]
    seen = [(visit["asked"], visit["status"]) for visit in told]
    assert seen.count(("DELETE /v1/session", 204)) == 1
    assert ("GET /v1/export", 403) in seen


def test_nothing_is_written_down_while_nobody_asks(many: Service) -> None:
    def written() -> int:
        with many.journal("ada").reading() as owned:
            return len(find_visits(owned, 10_000))

    before = written()
    for path in ("/healthz", "/readyz", "/openapi.json", "/v1/entries", "/nowhere"):
        many.anonymous.get(path)
    assert entered(many, "ada", "wrong password").status_code == 401
    assert written() == before


def test_visits_at_the_same_moment_make_one_chain(many: Service) -> None:
    journal = many.journal("crowd")
    visit = Visit(journal.clock(), "GET /v1/entries", None, "browser", 200)

    def come(_number: int) -> None:
        with journal.writing() as owned:
            put_visit(owned, visit)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(come, range(64)))
    with journal.reading() as owned:
        assert len(find_visits(owned, 100)) == 64
        assert list(broken_visits(owned)) == []


def test_a_changed_or_missing_visit_shows(tmp_path: Path) -> None:
    from sqlalchemy import text

    clock = Clock()
    with open_journal(f"sqlite:///{tmp_path}/journal.db", "ada", clock=clock) as journal:
        with journal.writing() as owned:
            for number in range(5):
                put_visit(owned, Visit(clock.now, f"GET /{number}", None, "browser", 200))
        with journal.reading() as owned:
            assert list(broken_visits(owned)) == []
            assert [visit.asked for visit in find_visits(owned, 2)] == ["GET /4", "GET /3"]
        with journal.place.transaction() as connection:
            connection.execute(text("UPDATE visits SET status = 404 WHERE number = 3"))
        with journal.reading() as owned:
            assert list(broken_visits(owned)) == [3]
        told = run("people", "visits", "ada", "--limit", "1", home=tmp_path)
        assert (told.returncode, told.stdout.split("\t")[1]) == (1, "GET /4")
        assert "breaks at 3" in told.stderr
        with journal.place.transaction() as connection:
            connection.execute(text("DELETE FROM visits WHERE number = 2"))
        with journal.reading() as owned:
            assert list(broken_visits(owned)) == [3]


def test_choices_about_alerts_are_ones_own(many: Service) -> None:
    address = "/v1/alerts/rising_stress"
    many.anonymous.put(address, json={"enabled": True}, headers=as_browser(many, "ada"))
    others = many.anonymous.get("/v1/alerts", headers=as_browser(many, "grace")).json()
    assert {rule["state"] for rule in others["rules"]} == {"off"}


@pytest.mark.parametrize("password", ["short", "p" * 129])
def test_passwords_that_are_none(password: str) -> None:
    with pytest.raises(PasswordError, match="8 to 128"):
        check_password(password)


def test_the_command_makes_changes_and_removes_accounts(tmp_path: Path) -> None:
    def said(*arguments: str, password: str = "") -> int:
        found = ask("people", *arguments, home=tmp_path, typed=f"{password}\n")
        assert password not in found.stderr + found.stdout or not password
        return found.status

    assert said("add", "ada", password=PASSWORD) == 0
    assert said("add", "ada", password=PASSWORD) == 2
    assert said("add", "Ada!", password=PASSWORD) == 2
    assert said("add", "grace", password="short") == 1
    assert said("password", "ada", password="another long evening") == 0
    assert said("password", "grace", password="another long evening") == 2
    assert said("remove", "ada") == 0
    assert said("remove", "ada") == 2
    assert run("people", "--help", home=tmp_path).returncode == 0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_for_many_nothing_is_sent_anywhere(many: Service, method: str) -> None:
    address = "/v1/channels"
    body = {"address": "mailto://me:secret@example.org"} if method == "POST" else None
    answer = many.anonymous.request(method, address, json=body, headers=as_browser(many, "ada"))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:sottovoce:problem:only_alone")


def test_everybody_is_told_who_they_are(many: Service) -> None:
    me = many.anonymous.get("/v1/me", headers=as_browser(many, "grace")).json()
    assert (me["name"], me["people"]) == ("grace", True)
