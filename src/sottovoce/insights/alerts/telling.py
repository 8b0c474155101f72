"""An alert in words: what was seen, the rule with its figures, the doubt, how to mute, who to call.

The help lines stand in every alert and in the command's own help; no score decides on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sottovoce.insights.alerts.rules import Sighting
from sottovoce.insights.days import day_of
from sottovoce.insights.help_lines import help_lines
from sottovoce.insights.wording import say


@dataclass(frozen=True, slots=True)
class Alert:
    """What is shown and sent: a title of one sentence and a body of several lines."""

    rule: str
    title: str
    body: str


def alert_of(sighting: Sighting, region: str | None = None) -> Alert:
    """The alert for what a rule has seen.

    >>> figures = {"level": 0.5, "usual": 0.3, "low": 0.2, "high": 0.4, "n_before": 40}
    >>> alert_of(Sighting("outside_band", 20_000, 3, figures)).title
    'Your voice sounded tenser than usual three days running.'
    """
    figures = written(sighting.figures)
    rule, key = sighting.rule, f"alert_{sighting.rule}"
    side = (
        "above" if sighting.figures.get("level", 0) > sighting.figures.get("usual", 0) else "below"
    )
    title = say(f"{key}_{side}" if rule == "outside_band" else key, **figures)
    lines = (
        say(f"{key}_reason", n_days=sighting.n_days, **figures),
        say("alert_doubt"),
        say("alert_mute", rule=rule),
        help_sentence(region),
        say("notice"),
    )
    return Alert(rule, title, "\n".join(lines))


def side_of(sighting: Sighting) -> str:
    """Whether the level lies above or below the usual one."""
    return "above" if sighting.figures["level"] > sighting.figures["usual"] else "below"


def help_sentence(region: str | None) -> str:
    """Where to talk to someone, in one sentence."""
    lines = help_lines(region).lines
    return say("help", lines="; ".join(f"{line.name}: {line.contact}" for line in lines))


def written(figures: Mapping[str, float]) -> dict[str, str]:
    """Figures as they are written: days as dates, shares in per cent, counts whole.

    >>> written({"since": 20_000, "probability": 0.5, "n_before": 40.0, "level": 0.41234})
    {'since': '2024-10-04', 'probability': '50%', 'n_before': '40', 'level': '0.412'}
    """
    return {name: _written(name, value) for name, value in figures.items()}


def _written(name: str, value: float) -> str:
    if name == "since":
        return day_of(int(value)).isoformat()
    if name == "probability":
        return f"{value:.0%}"
    return f"{value:.0f}" if name.startswith("n_") else f"{value:.3g}"
