"""The Typer app: one small file a command; side wings add theirs by entry point."""

import os
import sys
from functools import cache
from importlib.metadata import entry_points

import typer

from sottovoce import __version__
from sottovoce.cli.alerts import alerts_app
from sottovoce.cli.analyze import EPILOG, analyze_command
from sottovoce.cli.checkin import EPILOG as CHECKIN_EPILOG
from sottovoce.cli.checkin import checkin_command
from sottovoce.cli.demo import demo_command
from sottovoce.cli.doctor import doctor_command
from sottovoce.cli.journal import journal_app
from sottovoce.cli.models import models_app
from sottovoce.cli.people import people_app
from sottovoce.cli.record import EPILOG as RECORD_EPILOG
from sottovoce.cli.record import record_command
from sottovoce.cli.serve import EPILOG as SERVE_EPILOG
from sottovoce.cli.serve import serve_command
from sottovoce.cli.trends import EPILOG as TRENDS_EPILOG
from sottovoce.cli.trends import trends_command
from sottovoce.cli.worker import EPILOG as WORKER_EPILOG
from sottovoce.cli.worker import worker_command
from sottovoce.errors import SottovoceError

WINGS = "sottovoce.commands"

app = typer.Typer(
    name="sottovoce",
    help="A private voice barometer: how a memo sounded, with its doubt, on your own machine.",
    epilog="Not a medical device. Not for use at work or in education. "
    "Need to talk to someone now? https://findahelpline.com",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sottovoce {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Hold the options of the command itself."""


app.command("analyze", epilog=EPILOG)(analyze_command)
app.command("record", epilog=RECORD_EPILOG)(record_command)
app.command("demo")(demo_command)
app.command("doctor")(doctor_command)
app.command("serve", epilog=SERVE_EPILOG)(serve_command)
app.command("checkin", epilog=CHECKIN_EPILOG)(checkin_command)
app.command("trends", epilog=TRENDS_EPILOG)(trends_command)
app.command("worker", epilog=WORKER_EPILOG)(worker_command)
app.add_typer(alerts_app, name="alerts")
app.add_typer(journal_app, name="journal")
app.add_typer(models_app, name="models")
app.add_typer(people_app, name="people")


@cache
def add_wings() -> None:
    """Add the commands of the side wings that are installed, once in a process."""
    for wing in entry_points(group=WINGS):
        wing.load()(app)


def main() -> None:
    """Run the command line; trouble is one sentence on standard error."""
    add_wings()
    try:
        app()
    except SottovoceError as trouble:
        typer.echo(f"sottovoce: {trouble}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
