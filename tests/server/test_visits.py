"""Who came when to a service for many people, in a chain that nobody can change unseen."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crowd import as_browser, entered, token_of
from journals import Clock, memo, run
from services import Service
from sottovoce.journal.accounts import Visit, broken_visits, find_visits, put_visit
from sottovoce.journal.store import open_journal


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
