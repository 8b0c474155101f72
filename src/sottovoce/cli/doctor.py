"""``sottovoce doctor``: what works here, what is missing, and how to get it."""

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Annotated

import typer

from sottovoce.errors import SottovoceError

EXTRAS = {
    "mic": ("sounddevice", "pip install 'sottovoce[mic]' (to record; needs PortAudio)"),
    "opensmile": (
        "opensmile",
        "pip install 'sottovoce[opensmile]' (private and research use only)",
    ),
    "train": ("sklearn", "pip install 'sottovoce[train]'"),
    "wav2vec2": ("transformers", "pip install 'sottovoce[wav2vec2]' (to import speech models)"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it works, whether it is needed, and what to know or do."""

    name: str
    works: bool
    needed: bool
    words: str


def doctor_command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Try each part of Sottovoce here, and say what is missing and how to get it."""
    import json
    from dataclasses import asdict

    broken = 0
    for finding in findings():
        broken += finding.needed and not finding.works
        if as_json:
            typer.echo(json.dumps(asdict(finding)))
        else:
            mark = "works  " if finding.works else "BROKEN " if finding.needed else "absent "
            typer.echo(f"{mark} {finding.name}: {finding.words}")
    raise typer.Exit(1 if broken else 0)


def findings() -> Iterator[Finding]:
    """Look at each part in turn."""
    yield Finding("python", True, True, f"{platform.python_version()} on {platform.machine()}")
    yield tried("home", try_home)
    yield tried("decoder", try_decoder)
    yield tried("speech detection", try_speech)
    yield tried("emotion model", try_model)
    for extra, (module, how) in EXTRAS.items():
        there = find_spec(module) is not None
        yield Finding(f"extra {extra}", there, False, "installed" if there else how)


def tried(name: str, attempt: Callable[[], str]) -> Finding:
    """What an attempt says, or the sentence of its trouble."""
    try:
        return Finding(name, True, True, attempt())
    except (SottovoceError, OSError, ImportError) as trouble:
        return Finding(name, False, True, str(trouble))


def try_home() -> str:
    """The home folder can be written, or will be made when it is first needed."""
    from sottovoce.config import read_settings

    home = read_settings().home
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(nearest, os.W_OK):
        raise PermissionError(
            f"'{nearest}' may not be written; set SOTTOVOCE_HOME to a folder of yours"
        )
    return f"{home}" if home.exists() else f"{home} (made when first needed)"


def try_decoder() -> str:
    """A sample memo decodes in the child process."""
    from sottovoce.audio.decode import decode
    from sottovoce.runtime import ASSETS

    recording = decode(next((ASSETS / "samples").glob("*.ogg")))
    return f"decoded {recording.duration_s:.1f} s of sound"


def try_speech() -> str:
    """Speech is found in a sample memo."""
    from sottovoce.audio.decode import decode
    from sottovoce.runtime import ASSETS
    from sottovoce.speech import find_segments

    segments = find_segments(decode(next((ASSETS / "samples").glob("*.ogg"))).samples)
    return f"found {len(segments)} stretches of speech in a sample"


def try_model() -> str:
    """The embedded model opens and is the one of its card."""
    from sottovoce.analysis.pipeline import load_model

    model = load_model()
    return f"{model.id.name}, SHA-256 {model.id.sha256[:12]}…"
