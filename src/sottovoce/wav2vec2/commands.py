"""``sottovoce models import`` and ``sottovoce export``, added by entry point."""

from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sottovoce.errors import MissingExtraError

if TYPE_CHECKING:
    from sottovoce.wav2vec2.agreement import Agreement

PARTS = ("torch", "transformers", "safetensors", "onnx")
HOW_COREML = "Core ML packages need it: pip install 'sottovoce[wav2vec2,coreml]'"
HOW = "importing needs torch and transformers: pip install 'sottovoce[wav2vec2]'"


def add_commands(app: typer.Typer) -> None:
    """Add the wing's commands to the app."""
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    groups["models"].command("import")(import_command)  # type: ignore[union-attr]
    app.command("export")(export_command)


def import_command(
    source: Annotated[str, typer.Argument(help="A checkpoint's folder, or its hub id.")],
    name: Annotated[
        str | None, typer.Option(help="What to call it; default: as its source.")
    ] = None,
    quantize: Annotated[
        Literal["int8"] | None,
        typer.Option(help="Run it in eight bits where that answers the same."),
    ] = None,
    speech: Annotated[
        list[Path] | None, typer.Option(help="Recordings, or folders, to check it on.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="Its licence, where you know it.")] = None,
) -> None:
    """Import a wav2vec 2.0, HuBERT or WavLM checkpoint; a hub id is fetched only when you name one.

    Example: sottovoce models import ~/my-finetune --name mine --quantize int8
    """
    from sottovoce.config import read_settings
    from sottovoce.wav2vec2.naming import model_name

    called = model_name(name, source)
    need_extra()
    from sottovoce.wav2vec2.hub import checkpoint_folder

    folder = checkpoint_folder(source, say)
    from sottovoce.wav2vec2.conversion import Order, import_checkpoint

    order = Order(folder, source, called, quantize == "int8", tuple(speech or ()), licence)
    outcome = import_checkpoint(order, read_settings().models_folder, say)
    for precision, reached in outcome.tried.items():
        say(f"{precision}: {agreed(reached)}")
    say(f"runs in {outcome.trial.name}: {outcome.trial.ms_per_s:.0f} CPU ms a second of speech")
    typer.echo(f"imported '{called}'; try: sottovoce analyze --model {called} memo.m4a")


def export_command(
    name: Annotated[str, typer.Argument(help="An imported model, as `models list` gives it.")],
    form: Annotated[
        Literal["onnx", "coreml"], typer.Option("--format", help="What the device runs.")
    ] = "onnx",
    quantize: Annotated[Literal["int8"] | None, typer.Option(help="Weights in eight bits.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder to write; default: NAME-FORMAT here.")
    ] = None,
    speech: Annotated[
        list[Path] | None,
        typer.Option(help="Recordings, or folders, to fit eight bits to and check them on."),
    ] = None,
) -> None:
    """Write an imported model for other devices, with its labels and preprocessing in it.

    Example: sottovoce export mine --format onnx --quantize int8
    """
    from sottovoce.config import read_settings
    from sottovoce.models.registry import find_model

    card = find_model(name, read_settings().models_folder)
    if form == "coreml":
        need_extra(("coremltools",), HOW_COREML)
    need_extra()
    from sottovoce.wav2vec2.coreml import export_coreml
    from sottovoce.wav2vec2.export import export_onnx
    from sottovoce.wav2vec2.speech_samples import speech_windows

    folder = output or Path(f"{name}-{form}")
    write = export_coreml if form == "coreml" else partial(export_onnx, say=say)
    reached = write(card, folder, quantize == "int8", speech_windows(tuple(speech or ())))
    if reached:
        say(f"int8: {agreed(reached)}")
    typer.echo(f"the model is in '{folder}'; example.py shows how to load it")


def agreed(reached: "Agreement") -> str:
    """How far two ways of running a model agree, in words."""
    return (
        f"the same answer on {reached.same:.1%} of {reached.windows} windows, "
        f"to expect on {reached.crossed:.1%} of others"
    )


def is_there(module: str) -> bool:
    """Whether a module could be imported."""
    try:
        return find_spec(module) is not None
    except ValueError:  # it was ruled out
        return False


def need_extra(parts: Sequence[str] = PARTS, how: str = HOW) -> None:
    """Make sure that the modules of an extra are installed; ``how`` says what to do about it.

    Raises
    ------
    MissingExtraError
        One is not.
    """
    missing = [name for name in parts if not is_there(name)]
    if missing:
        raise MissingExtraError(f"{missing[0]} is missing; {how}")


def say(words: str) -> None:
    """A line for the person, on standard error."""
    typer.echo(words, err=True)
