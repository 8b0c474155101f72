"""``sottovoce record``: speak, and see how your voice sounds while you do."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sottovoce.errors import SottovoceError

if TYPE_CHECKING:
    from sottovoce.cli.keys import Keys
    from sottovoce.cli.record_ending import Ending
    from sottovoce.cli.record_screen import Screen
    from sottovoce.cli.recording import Recorder

LONGEST_S = 1800.0
EPILOG = """\b
Examples:
  sottovoce record                        speak; space pauses, Enter stops; then keep or discard
  sottovoce record --save --tag work      and keep the analysis in your journal
  sottovoce record --output memo.wav      and keep the sound in a file
  sottovoce record --devices              the microphones of this machine
  sottovoce record --device headset       by number, name, or a part of it
  sottovoce record --seconds 10 --json    in a script: nothing is kept unless you say so
  sottovoce record --recover              what a crash left behind

Needs the extra 'mic': pip install 'sottovoce[mic]'.
Exit status 0: recorded and heard; 1: the microphone or the disk failed; 2: wrong usage."""


def record_command(
    device: Annotated[
        str | None, typer.Option(help="Number, name, or a part of the name, of a microphone.")
    ] = None,
    devices: Annotated[bool, typer.Option("--devices", help="List the microphones.")] = False,
    seconds: Annotated[
        float | None, typer.Option(min=1.0, max=LONGEST_S, help="Stop after so many seconds.")
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Keep the analysis in your journal.")
    ] = False,
    note: Annotated[str, typer.Option(help="With --save: a note on it.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="With --save: a tag; repeatable.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the sound to this file (wav).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The analysis as a JSON object.")] = False,
    model: Annotated[str | None, typer.Option(help="Name of the emotion model.")] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Hear what a crash left behind.")
    ] = False,
    discard: Annotated[
        bool, typer.Option("--discard", help="Delete the sound afterwards.")
    ] = False,
) -> None:
    """Record from a microphone: level, emotion and stress with their doubt, while you speak."""
    from sottovoce.cli.record_ending import Ending

    if devices:
        list_devices()
        return
    if (note or tag) and not save:
        raise typer.BadParameter("--note and --tag need --save")
    if output and output.exists():
        raise typer.BadParameter(f"'{output}' is there already; choose another name")
    ending = Ending(save, note, tuple(tag or ()), output, discard)
    if recover:
        from sottovoce.cli.recovering import recover_all

        recover_all(model, ending, as_json)
    else:
        record_one(model, ending, as_json, device, seconds)


def list_devices() -> None:
    """Each microphone's number and name, the usual one marked, on standard output."""
    from sottovoce.audio.microphones import chosen, microphones
    from sottovoce.cli.hush import hushed

    with hushed():
        found = microphones()
        chosen(None, found)
    for one in found:
        typer.echo(f"{'*' if one.usual else ' '} {one.number:3d}  {one.name}")


def record_one(
    model: str | None, ending: "Ending", as_json: bool, device: str | None, seconds: float | None
) -> None:
    """Record, say how it sounded, and do with it what was asked for."""
    from sottovoce.audio.capture import open_microphone
    from sottovoce.audio.microphones import chosen, microphones
    from sottovoce.audio.reel import new_reel
    from sottovoce.cli.hush import hushed
    from sottovoce.cli.record_ending import conclude
    from sottovoce.cli.recording import Recorder, opened, reels_folder, session_from
    from sottovoce.cli.recovering import tell_left_behind

    tell_left_behind()
    judge = opened(model)
    with hushed(), open_microphone(chosen(device, microphones())) as microphone:
        began_at = datetime.now(UTC)
        with new_reel(reels_folder(), began_at) as reel:
            session = session_from(judge, began_at)
            trouble = follow(Recorder(microphone, reel, session, seconds or LONGEST_S))
            microphone.close()
            conclude(reel, session, decided(ending), as_json)
    if trouble:
        raise trouble


def follow(recorder: "Recorder") -> "SottovoceError | None":
    """Record until it is full, or someone stops it; the trouble that ended it, if one did."""
    from rich.console import Console

    from sottovoce.cli.keys import listening_keys
    from sottovoce.cli.record_screen import Screen

    with listening_keys() as keys, Screen(Console(stderr=True)) as screen:
        try:
            run(recorder, keys, screen)
        except SottovoceError as trouble:
            return trouble
    return None


def run(recorder: "Recorder", keys: "Keys", screen: "Screen") -> None:
    """Step by step; keys are looked at after each."""
    from sottovoce.cli.keys import PAUSE, STOP

    while not recorder.full:
        screen.show(recorder, recorder.step())
        for key in keys.pressed():
            if key in STOP:
                return
            if key in PAUSE:
                screen.show(recorder, recorder.toggle())


def decided(ending: "Ending") -> "Ending":
    """Where nothing was asked for and nobody is there to ask, nothing is kept."""
    nobody = ending.open and not sys.stdin.isatty()
    return replace(ending, discard=True) if nobody else ending
