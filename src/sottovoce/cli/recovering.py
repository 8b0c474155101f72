"""Recordings that a crash left behind: they are told, heard, and settled like any other."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sottovoce.audio.reel import Reel
    from sottovoce.cli.record_ending import Ending

RECOVER = "sottovoce record --recover"


def tell_left_behind() -> None:
    """Say what a crash left behind, and how to bring it back."""
    from sottovoce.audio.reel import left_behind
    from sottovoce.cli.recording import reels_folder

    for reel in left_behind(reels_folder()):
        typer.echo(f"sottovoce: a recording of {told(reel)} was left behind: {RECOVER}", err=True)


def recover_all(model: str | None, ending: "Ending", as_json: bool) -> None:
    """Hear every recording that was left behind, and settle each."""
    from sottovoce.audio.reel import left_behind
    from sottovoce.cli.record_ending import conclude
    from sottovoce.cli.recording import frames, opened, reels_folder, session_from

    judge, found = opened(model), False
    for reel in left_behind(reels_folder()):
        found = True
        typer.echo(f"recorded {told(reel)}", err=True)
        session = session_from(judge, reel.began_at)
        for chunk in reel.chunks():
            for frame in frames(chunk):
                session.feed(frame)
        conclude(reel, session, ending, as_json)
    if not found:
        typer.echo("nothing was left behind", err=True)


def delete_left_behind() -> int:
    """Delete every recording that was left behind; returns how many there were."""
    from sottovoce.audio.reel import left_behind
    from sottovoce.cli.recording import reels_folder

    count = 0
    for reel in left_behind(reels_folder()):
        reel.delete()
        count += 1
    return count


def told(reel: "Reel") -> str:
    """When, and how long."""
    return f"{reel.began_at.astimezone():%Y-%m-%d %H:%M}, {reel.duration_s:.0f} s,"
