"""Trends, patterns, alerts, models and measures over HTTP."""

import json

import pytest

from journals import run
from services import Service
from sottovoce.journal.examples import add_examples


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


@pytest.mark.parametrize("query", ["measure=wealth", "weeks=3", "weeks=105", "measure="])
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
