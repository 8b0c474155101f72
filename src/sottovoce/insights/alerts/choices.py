"""What a person chose about alerts, and what was told already: values, and their JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from sottovoce.errors import SottovoceError
from sottovoce.insights.alerts.rules import RULES
from sottovoce.insights.days import DAY_START_H

FOREVER = date.max


class UnknownRuleError(SottovoceError):
    """There is no rule of that name."""

    type = "unknown_rule"


@dataclass(frozen=True, slots=True)
class Told:
    """An alert that was given: which rule, on which local day."""

    rule: str
    day: date


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's wishes; by default every rule is off.

    ``enabled`` rules may speak; ``muted`` ones not before the day given (``date.max``: never
    again). Between ``quiet_from`` and ``quiet_until`` on the wall nothing is told; the same time
    twice means no quiet hours. ``region`` chooses the help lines. ``deliver_to`` are Apprise
    addresses; they may hold passwords and are never printed. ``told`` is kept for a year.
    ``day_start_h`` is the hour at which a day starts.
    """

    enabled: frozenset[str] = frozenset()
    muted: Mapping[str, date] = field(default_factory=dict)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)
    region: str | None = None
    deliver_to: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    day_start_h: int = DAY_START_H

    def is_quiet(self, wall: time) -> bool:
        """Whether nothing may be told at that time on the wall.

        >>> Choices().is_quiet(time(23, 0)), Choices().is_quiet(time(12, 0))
        (True, False)
        """
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= wall < self.quiet_until
        return wall >= self.quiet_from or wall < self.quiet_until


def enable(choices: Choices, rule: str) -> Choices:
    """Let a rule speak, muted or not before.

    >>> enable(Choices(), "flat_voice").enabled
    frozenset({'flat_voice'})
    """
    muted = {name: until for name, until in choices.muted.items() if name != rule}
    return replace(choices, enabled=choices.enabled | {known(rule)}, muted=muted)


def disable(choices: Choices, rule: str) -> Choices:
    """Turn a rule off."""
    return replace(choices, enabled=choices.enabled - {known(rule)})


def mute(choices: Choices, rule: str, until: date = FOREVER) -> Choices:
    """Silence a rule before the day ``until``, for good unless one is given."""
    return replace(choices, muted={**choices.muted, known(rule): until})


def known(rule: str) -> str:
    """The rule's name, if there is such a rule; else :class:`UnknownRuleError`."""
    if rule not in RULES:
        raise UnknownRuleError(f"'{rule}' is no rule; there are {', '.join(RULES)}")
    return rule


def to_json(choices: Choices) -> dict[str, Any]:
    """The form in which choices are kept.

    >>> from_json(to_json(Choices(region="NL"))) == Choices(region="NL")
    True
    """
    return {
        "enabled": sorted(choices.enabled),
        "muted": {rule: until.isoformat() for rule, until in sorted(choices.muted.items())},
        "quiet_from": choices.quiet_from.isoformat("minutes"),
        "quiet_until": choices.quiet_until.isoformat("minutes"),
        "region": choices.region,
        "deliver_to": list(choices.deliver_to),
        "day_start_h": choices.day_start_h,
        "told": [{"rule": told.rule, "day": told.day.isoformat()} for told in choices.told],
    }


def from_json(kept: Mapping[str, Any]) -> Choices:
    """Choices from their kept form; a wrong one raises ValueError, KeyError or TypeError."""
    return Choices(
        enabled=frozenset(known(rule) for rule in kept["enabled"]),
        muted={known(rule): date.fromisoformat(day) for rule, day in kept["muted"].items()},
        quiet_from=time.fromisoformat(kept["quiet_from"]),
        quiet_until=time.fromisoformat(kept["quiet_until"]),
        region=kept["region"],
        deliver_to=tuple(kept["deliver_to"]),
        day_start_h=int(kept["day_start_h"]),
        told=tuple(Told(row["rule"], date.fromisoformat(row["day"])) for row in kept["told"]),
    )
