"""Trends, patterns, alerts, models and measures over HTTP."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from journals import analysis, run
from services import Service
from sottovoce.entries import Moment
from sottovoce.journal.changing import Memo
from sottovoce.journal.examples import add_examples
from sottovoce.journal.moments import moment_at
from sottovoce.server.schemas.insights import TrendsAnswer, UsualsAnswer


@pytest.fixture
def weeks(service: Service) -> Service:
    """A journal with the demonstration's ten weeks."""
    add_examples(service.journal(), "UTC")
    return service


def test_trends_are_those_of_the_command(weeks: Service) -> None:
    home = weeks.house.settings.person.home
    printed = json.loads(run("trends", "--json", "--measure", "low_mood", home=home).stdout)
    answer = weeks.client.get("/v1/trends?measure=low_mood")
    assert answer.status_code == 200
    assert answer.json() == printed
    assert answer.json()["words"]


def test_an_empty_journal_tells_nothing_and_says_so(service: Service) -> None:
    told = service.client.get("/v1/trends").json()
    assert (told["trend"], told["change"], told["recent"]) == (None, None, None)
    assert told["warm_up"] == {"day": 0, "entries": 0}


def test_patterns_are_those_of_the_trends(weeks: Service) -> None:
    told = weeks.client.get("/v1/trends?weeks=8").json()
    found = weeks.client.get("/v1/patterns?weeks=8").json()
    assert found == {name: told[name] for name in ("measure", "patterns", "tags")}


@pytest.mark.parametrize("query", ["measure=wealth", "weeks=3", "weeks=1045", "measure="])
def test_wrong_wishes(service: Service, query: str) -> None:
    assert service.client.get(f"/v1/trends?{query}").status_code == 422


def test_every_rule_is_off_until_it_is_turned_on(service: Service) -> None:
    told = service.client.get("/v1/alerts").json()
    assert {rule["state"] for rule in told["rules"]} == {"off"}
    assert told["due"] is None
    assert "findahelpline" in told["help"]


def test_a_rule_can_be_turned_on_muted_and_off(service: Service) -> None:
    address = "/v1/alerts/rising_stress"
    on = service.client.put(address, json={"enabled": True}).json()
    muted = service.client.put(address, json={"muted_until": "2999-01-01"}).json()
    off = service.client.put(address, json={"enabled": False}).json()
    assert [one["state"] for one in (on, muted, off)] == ["on", "muted", "off"]
    assert service.client.put("/v1/alerts/nothing", json={"enabled": True}).status_code == 404
    for wrong in ({}, {"muted_until": 0}, {"muted_until": "tomorrow"}):
        assert service.client.put(address, json=wrong).status_code == 422


def test_the_models_that_are_here(service: Service) -> None:
    [model] = service.client.get("/v1/models").json()["models"]
    assert (model["name"], model["default"]) == ("sottovoce-acted-1", True)


def test_measures_are_in_base_units_and_of_nobody(service: Service) -> None:
    service.post_memo("/analyze-stress")
    service.client.post("/analyze-stress", files={"file": b"this is no sound"})
    told = service.client.get("/metrics").text
    assert 'route="/analyze-stress",status="200"' in told
    assert "sottovoce_analysis_duration_seconds_count" in told
    assert "sottovoce_audio_seconds_total" in told
    assert 'sottovoce_decode_failures_total{reason="unsupported_format"}' in told
    assert "sottovoce_jobs_queued 0.0" in told
    assert "owner" not in told
    assert service.anonymous.get("/metrics").status_code == 401


def test_made_up_methods_and_paths_make_no_new_measures(service: Service) -> None:
    for number in range(5):
        service.client.request(f"MADE{number}", f"/made/up/{number}")
    told = service.client.get("/metrics").text
    assert "MADE" not in told
    assert "made" not in told
    assert 'method="other",route="none"' in told


def test_alive_and_ready_without_a_token(service: Service) -> None:
    assert service.anonymous.get("/healthz").json() == {"status": "ok"}
    ready = service.anonymous.get("/readyz").json()
    assert ready["checks"] == {"database": "ok", "model": "ok", "queue": "ok"}


def test_the_description_names_every_address_and_problem(service: Service) -> None:
    told = service.anonymous.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert "HTTPValidationError" not in json.dumps(told)
    for operations in told["paths"].values():
        for operation in operations.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]


@pytest.mark.parametrize("measure", ["stress", "emotion_calm", "pitch_median_hz"])
def test_all_that_trends_tell_is_described(weeks: Service, measure: str) -> None:
    told = weeks.client.get("/v1/trends", params={"measure": measure, "weeks": 12}).json()
    described = TrendsAnswer.model_validate(told).model_dump(mode="json")
    assert described == told
    assert all(told[part] for part in ("recent", "days", "felt", "trend", "change", "patterns"))


def test_a_new_year_is_a_week_like_any_other(service: Service) -> None:
    """The Monday before it and the Monday after it are neighbours, and no day is missing."""
    this_year = datetime.now(UTC).year
    turn = datetime(this_year, 1, 1, 12, tzinfo=UTC)
    journal = service.journal()
    for number in range(-10, 11):
        at = moment_at(turn + timedelta(days=number), "Europe/Berlin")
        journal.add(Memo(analysis(number, stress=0.3), at))
    weeks = 4 + (datetime.now(UTC) - turn).days // 7
    told = service.client.get("/v1/trends", params={"weeks": weeks}).json()
    mondays = [date.fromisoformat(week["first_day"]) for week in told["weeks"]]
    assert {one.weekday() for one in mondays} == {0}
    assert {after - before for before, after in pairwise(mondays)} == {timedelta(days=7)}
    days = {day["first_day"]: day["value"] for day in told["days"]}
    around = [(turn + timedelta(days=number)).date().isoformat() for number in range(-10, 11)]
    assert all(days[day] == pytest.approx(0.3) for day in around)


def test_what_was_felt_stands_beside_what_was_heard(service: Service) -> None:
    journal = service.journal()
    first, second = (journal.add(Memo(analysis(number), noon(number))).entry for number in (1, 2))
    poor = journal.add(Memo({**analysis(3), "status": "unusable"}, noon(2))).entry
    for entry, valence in ((first, 2), (second, 5), (poor, 6)):
        journal.report(entry.id, valence)
    told = service.client.get("/v1/trends?measure=jitter_ratio").json()["felt"]
    assert [(one["valence"], one["n_reports"]) for one in told] == [(5.5, 2), (2.0, 1)]


def noon(days_ago: int) -> Moment:
    """Noon of a day before today."""
    at = datetime.now(UTC).replace(hour=12) - timedelta(days=days_ago)
    return moment_at(at, "UTC")


def test_what_was_usual_before_a_memo_is_not_moved_by_it(service: Service) -> None:
    journal = service.journal()
    for number in range(2, 40):
        journal.add(Memo(analysis(number, stress=0.3 + number % 3 / 100), noon(number)))
    newest = journal.add(Memo(analysis(1, stress=0.9), noon(1))).entry
    address = f"/v1/entries/{newest.id}/usual"
    told = service.client.get(address).json()
    assert UsualsAnswer.model_validate(told).model_dump(mode="json") == told
    stress = told["usual"]["stress"]
    assert (stress["n_entries"], stress["value"]) == (38, pytest.approx(0.31, abs=0.005))
    assert stress["band"]["high"] < 0.9
    assert told["usual"]["latency_s"] is None
    for number in range(40, 60):
        journal.add(Memo(analysis(number, stress=0.8), noon(number - 60)))
    assert service.client.get(address).json()["usual"]["stress"] == stress
    oldest = next(iter(journal.entries()))
    early = service.client.get(f"/v1/entries/{oldest.id}/usual").json()["usual"]
    assert set(early.values()) == {None}
