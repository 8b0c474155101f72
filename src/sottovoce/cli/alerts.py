"""``sottovoce alerts``: off until asked for, few, gentle, and never from one memo."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sottovoce.cli.looking import due_here

if TYPE_CHECKING:
    from sottovoce.insights.alerts.choices import Choices

alerts_app = typer.Typer(
    help="Alerts: off until you turn one on, at most one a day, never from one memo.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog="Need to talk to someone now? https://findahelpline.com, or `alerts help-lines`",
)

RuleName = Annotated[str, typer.Argument(help="Name of a rule, as `alerts list` gives it.")]


@alerts_app.command("list")
def list_command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """List the rules, what you chose, and the help lines."""
    from sottovoce.alerting.delivery import service_of
    from sottovoce.alerting.kept import read_choices
    from sottovoce.config import read_settings
    from sottovoce.insights.alerts.choices import to_json
    from sottovoce.insights.alerts.rules import RULES
    from sottovoce.insights.alerts.telling import help_sentence
    from sottovoce.insights.wording import say

    choices = read_choices(read_settings().home)
    if as_json:
        services = [service_of(address) for address in choices.deliver_to]
        typer.echo(json.dumps({**to_json(choices), "deliver_to": services, "rules": list(RULES)}))
        return
    for rule in RULES:
        typer.echo(f"{state_of(choices, rule):<22} {rule}: {say(f'rule_{rule}')}")
    hours = (choices.quiet_from, choices.quiet_until)
    typer.echo("quiet from {} until {}".format(*(hour.isoformat("minutes") for hour in hours)))
    typer.echo(help_sentence(choices.region))


def state_of(choices: "Choices", rule: str) -> str:
    """Whether a rule is on, off or muted."""
    if rule not in choices.enabled:
        return "off"
    until = choices.muted.get(rule)
    if until is None or until <= date.today():
        return "on"
    return "muted" if until == date.max else f"muted until {until}"


def change_choices(change: "Callable[[Choices], Choices]") -> None:
    """Read the choices, change them, keep them."""
    from sottovoce.alerting.kept import keep_choices, read_choices
    from sottovoce.config import read_settings

    home = read_settings().home
    keep_choices(home, change(read_choices(home)))


@alerts_app.command("enable")
def enable_command(rule: RuleName) -> None:
    """Let a rule speak."""
    from sottovoce.insights.alerts.choices import enable

    change_choices(lambda choices: enable(choices, rule))


@alerts_app.command("disable")
def disable_command(rule: RuleName) -> None:
    """Turn a rule off."""
    from sottovoce.insights.alerts.choices import disable

    change_choices(lambda choices: disable(choices, rule))


@alerts_app.command("mute")
def mute_command(
    rule: RuleName,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day on which it may speak again.")
    ] = None,
) -> None:
    """Silence a rule: for good, or until a day."""
    from sottovoce.insights.alerts.choices import mute

    day = until.date() if until else date.max
    change_choices(lambda choices: mute(choices, rule, day))


@alerts_app.command("quiet")
def quiet_command(
    begin: Annotated[datetime, typer.Argument(formats=["%H:%M"], help="Like 21:00.")],
    end: Annotated[datetime, typer.Argument(formats=["%H:%M"], help="Like 08:00.")],
) -> None:
    """Set the hours in which nothing is told; the same time twice means none."""
    from dataclasses import replace

    change_choices(lambda kept: replace(kept, quiet_from=begin.time(), quiet_until=end.time()))


@alerts_app.command("day-start")
def day_start_command(
    hour: Annotated[int, typer.Argument(min=0, max=23, help="Whole hour, 0 to 23.")],
) -> None:
    """Set the hour at which a day starts, for alerts and trends."""
    from dataclasses import replace

    change_choices(lambda kept: replace(kept, day_start_h=hour))


@alerts_app.command("region")
def region_command(
    country: Annotated[str, typer.Argument(help="Two letters, like NL, or 'none'.")],
) -> None:
    """Choose whose help lines are shown first."""
    from dataclasses import replace

    region = None if country == "none" else country.upper()
    change_choices(lambda kept: replace(kept, region=region))
    help_lines_command()


@alerts_app.command("help-lines")
def help_lines_command() -> None:
    """Show where to talk to someone now."""
    from sottovoce.alerting.kept import read_choices
    from sottovoce.config import read_settings
    from sottovoce.insights.help_lines import help_lines

    lines = help_lines(read_choices(read_settings().home).region)
    for line in lines.lines:
        typer.echo(f"{line.name}: {line.contact}")
    typer.echo(f"(list compiled on {lines.compiled_on})", err=True)


@alerts_app.command("deliver")
def deliver_command(
    forget: Annotated[bool, typer.Option("--forget", help="Forget all addresses.")] = False,
) -> None:
    """Add an Apprise address, read from standard input because it may hold a password."""
    from dataclasses import replace

    from sottovoce.alerting.delivery import check_address

    if forget:
        change_choices(lambda kept: replace(kept, deliver_to=()))
        return
    if sys.stdin.isatty():
        address = typer.prompt("Apprise address", hide_input=True, err=True)
    else:
        address = sys.stdin.readline().strip()
    check_address(address)
    change_choices(lambda kept: replace(kept, deliver_to=(*kept.deliver_to, address)))


@alerts_app.command("check")
def check_command(
    send: Annotated[bool, typer.Option("--send", help="Send it to your addresses too.")] = False,
) -> None:
    """Look whether an alert is due now, and tell it; meant to be run once an hour or day."""
    from sottovoce.alerting.delivery import deliver
    from sottovoce.alerting.kept import keep_choices, read_choices
    from sottovoce.config import read_settings
    from sottovoce.insights.alerts.due import remember
    from sottovoce.insights.alerts.telling import alert_of, help_sentence
    from sottovoce.insights.wording import say

    home = read_settings().home
    choices = read_choices(home)
    sighting = due_here(choices)
    if sighting is None:
        off = say("alerts_off", rule="rising_stress")
        typer.echo(say("alerts_none") if choices.enabled else off, err=True)
        typer.echo(help_sentence(choices.region), err=True)
        return
    alert = alert_of(sighting, choices.region)
    typer.echo(f"{alert.title}\n{alert.body}")
    keep_choices(home, remember(choices, sighting))
    if send:
        deliver(alert, choices.deliver_to)
