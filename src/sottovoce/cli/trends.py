"""``sottovoce trends``: plain words first, then charts drawn from a table that can be printed."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from sottovoce.cli.looking import wall_here

if TYPE_CHECKING:
    from sottovoce.insights.report import Report

EPILOG = """\b
Examples:
  sottovoce trends                          the stress index over twelve weeks
  sottovoce trends --measure low_mood       another index
  sottovoce trends --measure pause_ratio    a measure of the voice itself
  sottovoce trends --json                   the table behind words and charts

What it can and cannot tell: docs/insights.md.
Need to talk to someone now? https://findahelpline.com"""


def trends_command(
    measure: Annotated[
        str,
        typer.Option(
            help="stress, anxiety, low_mood, emotion_sad …, or a biomarker with its unit."
        ),
    ] = "stress",
    weeks: Annotated[int, typer.Option(min=4, max=1044, help="How far to look back.")] = 12,
    day_start: Annotated[
        int | None, typer.Option(min=0, max=23, help="Hour at which a day starts.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what your journal tells: your usual, trend, change, patterns, each with its doubt."""
    from sottovoce.alerting.kept import read_choices
    from sottovoce.cli.opening import my_journal
    from sottovoce.config import read_settings
    from sottovoce.insights.wire import report_to_wire
    from sottovoce.looking import journal_report, local_day

    check_measure(measure)
    choices = read_choices(read_settings().home)
    hour = choices.day_start_h if day_start is None else day_start
    today = local_day(wall_here(), hour)
    with my_journal() as journal:
        report = journal_report(journal, measure, today, weeks, hour)
    if as_json:
        typer.echo(json.dumps(report_to_wire(report), ensure_ascii=False, allow_nan=False))
    else:
        show(report, choices.region)


def check_measure(measure: str) -> None:
    """Refuse a name that no entry has."""
    from sottovoce.insights.scales import MEASURES

    if measure not in MEASURES:
        raise typer.BadParameter(
            f"'{measure}' is none of {', '.join(MEASURES)}", param_hint="--measure"
        )


def show(report: "Report", region: str | None) -> None:
    """Words, then the weeks, then the hours of the week, on standard output."""
    from rich.console import Console

    from sottovoce.cli.charts import hours_chart, weeks_chart
    from sottovoce.insights.alerts.telling import help_sentence
    from sottovoce.insights.telling import tell
    from sottovoce.insights.wording import say

    console = Console(highlight=False)
    for sentence in tell(report):
        console.print(sentence, soft_wrap=True)
    if report.warm_up.entries:
        console.print()
        console.print(weeks_chart(report))
    if report.patterns:
        console.print()
        console.print(hours_chart(report.patterns))
    console.print(f"\n{say('notice')}\n{help_sentence(region)}", soft_wrap=True, style="dim")
