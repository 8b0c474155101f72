"""``sottovoce models``: which models are here, and their cards."""

import json
from typing import Annotated

import typer

models_app = typer.Typer(
    help="The emotion models that are here, and their cards.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog="Example: sottovoce models show sottovoce-acted-1",
)


@models_app.command("list")
def list_command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the models that are here."""
    from sottovoce.config import read_settings
    from sottovoce.models.registry import DEFAULT_MODEL, list_models

    for card in list_models(read_settings().models_folder):
        if as_json:
            typer.echo(
                json.dumps({"name": card.name, "summary": card.summary, "sha256": card.sha256})
            )
        else:
            mark = " (default)" if card.name == DEFAULT_MODEL else ""
            typer.echo(f"{card.name}{mark}: {card.summary}")


@models_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(help="Name of a model, as `models list` gives it.")],
) -> None:
    """Print a model's card: what it was trained on, what it reached, under which licence."""
    from sottovoce.config import read_settings
    from sottovoce.models.registry import find_model

    card = find_model(name, read_settings().models_folder)
    typer.echo((card.folder / "card.json").read_text(encoding="utf-8").rstrip())


@models_app.command("verify")
def verify_command() -> None:
    """Check each model's weights against the SHA-256 in its card."""
    from sottovoce.config import read_settings
    from sottovoce.models.registry import list_models
    from sottovoce.runtime import file_sha256

    torn = 0
    for card in list_models(read_settings().models_folder):
        whole = all(path.is_file() and file_sha256(path) == sha for path, sha in card.files.items())
        torn += not whole
        typer.echo(f"{card.name}: {'as its card says' if whole else 'NOT the file of its card'}")
    raise typer.Exit(1 if torn else 0)
