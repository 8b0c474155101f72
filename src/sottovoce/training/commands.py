"""``sottovoce train``, ``evaluate`` and ``audit``: added to the command line by entry point."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from sottovoce.errors import MissingExtraError

HOW = "training needs scikit-learn, onnx and jinja2: pip install 'sottovoce[train]'"


def add_commands(app: typer.Typer) -> None:
    """Add the wing's commands to the app."""
    app.command("train")(train_command)
    app.command("evaluate")(evaluate_command)
    app.command("audit")(audit_command)


def train_command(
    recipe: Annotated[
        Path, typer.Argument(help="A TOML recipe; with --backbone a corpus or its CSV.")
    ],
    output: Annotated[
        Path | None, typer.Option(help="Folder of the model; default: your models folder.")
    ] = None,
    backbone: Annotated[
        Path | None, typer.Option(help="Fine-tune this wav2vec 2.0, HuBERT or WavLM folder.")
    ] = None,
    layers: Annotated[
        int, typer.Option(min=0, help="With --backbone: last layers that learn beside the head.")
    ] = 0,
    epochs: Annotated[int, typer.Option(min=1, help="With --backbone: rounds over it.")] = 10,
    device: Annotated[
        Literal["cpu", "cuda"], typer.Option(help="With --backbone: where it learns.")
    ] = "cpu",
    held_out: Annotated[
        list[str] | None,
        typer.Option(help="With --backbone: a speaker to judge it on; may be repeated."),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(help="With --backbone: WORD=LABEL, or WORD=ignored; may be repeated."),
    ] = None,
    cache: Annotated[Path, typer.Option(help="Where features are kept.")] = Path(".cache/features"),
    log: Annotated[Path, typer.Option(help="The experiment log.")] = Path("runs/log.jsonl"),
) -> None:
    """Train a model by a recipe, judge it on speakers it has not heard, and ship it with its card.

    Example: sottovoce train recipes/default.toml
    """
    if backbone:
        from sottovoce.wav2vec2.tuning_command import Heard, tune

        heard = Heard(recipe, label or [], held_out or [])
        tune(backbone, heard, output, {"layers": layers, "epochs": epochs, "device": device})
        return
    try:
        from sottovoce.training.recipe import read_recipe
        from sottovoce.training.run import train
        from sottovoce.training.runlog import logged_run
    except ImportError as trouble:
        raise MissingExtraError(HOW) from trouble
    from sottovoce.config import read_settings

    source = read_recipe(recipe)
    folder = output or read_settings().models_folder / source.recipe.name
    with logged_run(log, source.recipe.name, source.sha256, source.recipe.seed) as figures:
        figures.update(train(source, folder, cache))
    for name, value in figures.items():
        typer.echo(f"{name:<28} {value:.4f}")
    typer.echo(f"the model is in '{folder}'", err=True)


def evaluate_command(
    what: Annotated[Path, typer.Argument(help="A TOML recipe, or a labelled corpus or CSV.")],
    model: Annotated[str | None, typer.Option(help="Model to judge on a corpus.")] = None,
    corpus: Annotated[str, typer.Option(help="How the corpus is laid out.")] = "auto",
    label: Annotated[
        list[str] | None, typer.Option(help="WORD=LABEL, or WORD=ignored; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder of the report; default: reports/NAME.")
    ] = None,
    cache: Annotated[Path, typer.Option(help="Where features are kept.")] = Path(".cache/features"),
) -> None:
    """Judge a recipe by cross-validation, or a trained model on a corpus; write a report.

    Examples: sottovoce evaluate recipes/default.toml

    sottovoce evaluate EmoDB --corpus emodb --model sottovoce-acted-1
    """
    try:
        from sottovoce.training.evaluation import command
    except ImportError as trouble:
        raise MissingExtraError(HOW) from trouble
    if what.suffix == ".toml":
        if model or label or corpus != "auto":
            raise typer.BadParameter("a recipe names its own model, corpora and labels")
        folder = command.judge_recipe(what, output, cache)
    else:
        folder = command.judge_corpus(what, output, command.Asked(model, corpus, label or []))
    typer.echo(f"the report is '{folder / 'report.html'}'", err=True)


def audit_command(
    split: Annotated[Path, typer.Argument(help="A split: CSV, or a folder of EmoBox folds.")],
    corpus: Annotated[str, typer.Option(help="The corpus, to read speakers from file names.")],
) -> None:
    """Say whether a published split shares speakers or sentences between training and test.

    Example: sottovoce audit folds_emobox.csv --corpus ravdess
    """
    try:
        from sottovoce.training.corpora import find_corpus
        from sottovoce.training.corpora.base import NamedCorpus
        from sottovoce.training.splits import audit, read_split
    except ImportError as trouble:
        raise MissingExtraError(HOW) from trouble
    adapter = find_corpus(corpus)
    if not isinstance(adapter, NamedCorpus):
        raise typer.BadParameter(f"the file names of '{corpus}' do not name their speakers")
    refused = 0
    for name, report in audit(read_split(split), adapter.parse).items():
        refused += report.refused
        for line in report.lines() or ["nothing shared"]:
            typer.echo(f"fold {name}: {line}")
    raise typer.Exit(1 if refused else 0)
