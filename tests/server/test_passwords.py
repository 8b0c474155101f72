"""Passwords at a service for many people: guessed, changed, and what ends with them."""

from pathlib import Path

import pytest

from crowd import PASSWORD, as_browser, entered, token_of
from services import Service, served
from sottovoce.journal import accounts
from sottovoce.journal.accounts import put_account
from sottovoce.server.people.passwords import PasswordError, check_password, hash_password


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


@pytest.mark.parametrize("password", ["short", "p" * 129])
def test_passwords_that_are_none(password: str) -> None:
    with pytest.raises(PasswordError, match="8 to 128"):
        check_password(password)
