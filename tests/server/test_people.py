"""Many people at one service: each with a journal, scoped tokens and tickets of their own."""

from datetime import timedelta
from pathlib import Path

import pytest

from crowd import PASSWORD, as_browser, entered, token_of
from journals import Clock, ask, memo, run
from services import Service
from sottovoce.journal.store import Journal, open_journal
from sottovoce.server.entrance.scopes import SCOPES


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


def test_choices_about_alerts_are_ones_own(many: Service) -> None:
    address = "/v1/alerts/rising_stress"
    many.anonymous.put(address, json={"enabled": True}, headers=as_browser(many, "ada"))
    others = many.anonymous.get("/v1/alerts", headers=as_browser(many, "grace")).json()
    assert {rule["state"] for rule in others["rules"]} == {"off"}


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
