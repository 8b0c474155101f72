"""``sottovoce serve``: the service for apps and the dashboard, on this machine only."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fastapi import FastAPI

    from sottovoce.server.settings import ServerSettings

EPILOG = """\b
Examples:
  sottovoce serve                      http://127.0.0.1:8377, for this machine only
  sottovoce serve --open               and show the dashboard in your browser
  sottovoce serve --print-token        the token that apps send, and end
  curl -H "Authorization: Bearer $(sottovoce serve --print-token)" \\
       -F file=@memo.m4a http://127.0.0.1:8377/analyze-stress

The API: docs/api.md. Not for use at work or in education."""


def serve_command(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8377,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A further name under which it is reached; repeatable."),
    ] = None,
    tls_cert: Annotated[Path | None, typer.Option(help="Certificate, for TLS.")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key.")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy in front brings TLS.")
    ] = False,
    people: Annotated[
        bool, typer.Option("--people", help="For many people: see `sottovoce people --help`.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Memos to hear at once.")] = 2,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Show the dashboard in your browser.")
    ] = False,
    print_token: Annotated[
        bool, typer.Option("--print-token", help="Print the token of this home, and end.")
    ] = False,
) -> None:
    """Answer apps and the dashboard over HTTP, closed to all others."""
    from sottovoce.config import read_settings
    from sottovoce.server.settings import ServerSettings

    person = read_settings()
    if print_token:
        from sottovoce.server.entrance.secrets import own_token

        typer.echo(own_token(person.home))
        return
    settings = ServerSettings(
        person=person,
        host=host,
        port=port,
        hosts=tuple(allow_host or ()),
        tls_cert=tls_cert,
        tls_key=tls_key,
        behind_proxy=behind_proxy,
        people=people,
        workers=workers,
    )
    start(settings, open_browser)


def start(settings: "ServerSettings", open_browser: bool) -> None:
    """Run the service; where someone looks, print a link that lets their browser in."""
    from sottovoce.cli.opening import locksmith_of
    from sottovoce.server.app import create_app
    from sottovoce.server.running import run

    app = create_app(settings, locksmith_of(settings.person))
    run(app, settings, partial(show, app, settings, open_browser))


def show(app: "FastAPI", settings: "ServerSettings", open_browser: bool) -> None:
    """Say where the dashboard is, to whoever looks, and open it if that was wished."""
    if sys.stdout.isatty():
        once = "" if settings.people else " (it lets one browser in, once, within ten minutes)"
        typer.echo(f"The dashboard{once}:\n{link(app, settings)}")
    if open_browser:
        typer.launch(link(app, settings))


def link(app: "FastAPI", settings: "ServerSettings") -> str:
    """The address of the dashboard, with a code in the part that browsers never send."""
    scheme = "https" if settings.tls_cert else "http"
    name = settings.hosts[0] if settings.hosts else settings.host
    address = f"{scheme}://{name}:{settings.port}/"
    if settings.people:
        return address
    entrance = app.state.house.entrance
    return f"{address}#code={entrance.codes.new(entrance.me)}"
