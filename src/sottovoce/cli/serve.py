"""``sottovoce serve``: the service for apps and the dashboard, on this machine only."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sottovoce.server.settings import ServerSettings

EPILOG = """\b
Examples:
  sottovoce serve                      http://127.0.0.1:8377, for this machine only
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
    start(settings)


def start(settings: "ServerSettings") -> None:
    """Run the service; where someone looks, print a code that lets their browser in."""
    from sottovoce.cli.opening import locksmith_of
    from sottovoce.server.app import create_app
    from sottovoce.server.running import run

    app = create_app(settings, locksmith_of(settings.person))
    if sys.stdout.isatty() and not settings.people:
        entrance = app.state.house.entrance
        code = entrance.codes.new(entrance.me)
        typer.echo(f"A code that lets one browser in, once, within ten minutes: {code}")
    run(app, settings)
