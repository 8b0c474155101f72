"""Alerts: off until one is turned on, few, gentle."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from fastapi.responses import JSONResponse

from sottovoce.alerting.kept import keep_choices, read_choices
from sottovoce.alerting.messenger import wall_now
from sottovoce.insights.alerts.choices import Choices, disable, enable, known, mute
from sottovoce.insights.alerts.rules import RULES
from sottovoce.insights.alerts.telling import alert_of, help_sentence
from sottovoce.insights.wording import say
from sottovoce.journal.store import Journal
from sottovoce.looking import due_now, told_today
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import InHouse, MyJournal, Whose, guarded_router
from sottovoce.server.schemas.alerts import (
    AlertsAnswer,
    AlertsChange,
    RuleChange,
    RuleState,
)

router = guarded_router("alerts", "/v1/alerts")


@router.get("", responses={200: told("What was chosen, and what is due.", AlertsAnswer)})
def alerts(house: InHouse, whose: Whose, journal: MyJournal) -> JSONResponse:
    """The rules, what you chose, and the alert that is due now, if any."""
    return JSONResponse(to_wire(journal, read_choices(house.folder_of(whose))))


@router.patch("", responses={200: told("As it is then.", AlertsAnswer)})
def change_alerts(
    house: InHouse, whose: Whose, journal: MyJournal, change: AlertsChange
) -> JSONResponse:
    """Change the hours of quiet, the region of the help lines, or when your day starts."""
    home = house.folder_of(whose)
    wanted = change.model_dump(exclude_unset=True)
    for name in wanted.keys() & {"quiet_from", "quiet_until"}:
        wanted[name] = time.fromisoformat(wanted[name])
    with house.choosing:
        choices = replace(read_choices(home), **wanted)
        keep_choices(home, choices)
    return JSONResponse(to_wire(journal, choices))


@router.put("/{rule}", responses={200: told("The rule as it is then.", RuleState)})
def change_rule(house: InHouse, whose: Whose, rule: str, change: RuleChange) -> JSONResponse:
    """Let a rule speak, turn it off, or silence it until a day."""
    home = house.folder_of(whose)
    known(rule)
    with house.choosing:
        choices = changed(read_choices(home), rule, change)
        keep_choices(home, choices)
    return JSONResponse(state(choices, rule))


def to_wire(journal: Journal, choices: Choices) -> dict[str, Any]:
    """Choices as JSON values, and what is due."""
    return {
        "rules": [state(choices, rule) for rule in RULES],
        "quiet_from": choices.quiet_from.isoformat("minutes"),
        "quiet_until": choices.quiet_until.isoformat("minutes"),
        "day_start_h": choices.day_start_h,
        "region": choices.region,
        "help": help_sentence(choices.region),
        "due": due(journal, choices),
    }


def changed(choices: Choices, rule: str, change: RuleChange) -> Choices:
    """The choices after a change of one rule."""
    given = change.model_fields_set
    if "enabled" in given:
        choices = (enable if change.enabled else disable)(choices, rule)
    return mute(choices, rule, change.muted_until) if "muted_until" in given else choices


def state(choices: Choices, rule: str) -> dict[str, Any]:
    """Whether a rule may speak."""
    until = choices.muted.get(rule)
    muted = until is not None and until > date.today()
    on = "muted" if muted else "on"
    return {
        "rule": rule,
        "words": say(f"rule_{rule}"),
        "state": on if rule in choices.enabled else "off",
        "muted_until": until.isoformat() if until else None,
    }


def due(journal: Journal, choices: Choices) -> dict[str, str] | None:
    """The alert that may be told now, or was told today already."""
    wall = wall_now()
    sighting = due_now(journal, choices, wall) or told_today(journal, choices, wall)
    if sighting is None:
        return None
    alert = alert_of(sighting, choices.region)
    return {"rule": alert.rule, "title": alert.title, "body": alert.body}
