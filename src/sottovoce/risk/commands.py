"""``sottovoce train risk``, ``evaluate risk``, ``risk make``: added by entry point.

The first two are names of two words, found before the training wing's ``train`` and ``evaluate``.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sottovoce.errors import MissingExtraError
from sottovoce.risk.words.command import EPILOG as WORDS_EPILOG
from sottovoce.risk.words.command import words_command

if TYPE_CHECKING:
    from sottovoce.risk.study.crossing import Plan
    from sottovoce.risk.study.nouns import Study

HOW = "a model of risk is trained with Keras, torch and jinja2: pip install 'sottovoce[risk]'"

Place = Annotated[Path, typer.Argument(help="A corpus of interviews, or a CSV manifest.")]
Layout = Annotated[str, typer.Option(help="daic-woz, e-daic, androids, eatd, table, or auto.")]
Features = Annotated[str, typer.Option(help="How segments are described: own or egemaps.")]
Encoder = Annotated[str | None, typer.Option(help="An imported speech model, for embeddings.")]
Words = Annotated[
    str | None,
    typer.Option(help="Listen to transcripts too: vader, or the folder of a text classifier."),
]
Fusion = Annotated[str, typer.Option(help="concat, gated or cross-attention.")]
Sequence = Annotated[str, typer.Option(help="bilstm or transformer.")]
Folds = Annotated[
    int, typer.Option(min=2, help="Folds over people, unless the corpus has its own.")
]
Seeds = Annotated[int, typer.Option(min=1, help="Networks for each fold.")]
Quick = Annotated[bool, typer.Option("--quick", help="No choice of settings, ablations, controls.")]
Cache = Annotated[Path, typer.Option(help="Where features are kept.")]


class TwoWords(TyperGroup):
    """A group whose commands may have names of two words."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command of the first two words where there is one, else of the first."""
        name = " ".join(args[:2])
        if len(args) > 1 and name in self.commands:
            return name, self.commands[name], args[2:]
        return super().resolve_command(ctx, args)


def add_commands(app: typer.Typer) -> None:
    """Add the wing's commands to the app."""
    app.info.cls = TwoWords
    app.command("train risk")(train_command)
    app.command("evaluate risk")(evaluate_command)
    app.command("make interviews")(make_command)
    app.command("words", epilog=WORDS_EPILOG)(words_command)


def train_command(
    corpus: Place,
    name: Annotated[str, typer.Option(help="What to call the model.")] = "low-mood",
    output: Annotated[
        Path | None, typer.Option(help="Folder; default: your models folder.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder of the report.")] = None,
    layout: Layout = "auto",
    features: Features = "own",
    encoder: Encoder = None,
    words: Words = None,
    fusion: Fusion = "gated",
    sequence: Sequence = "transformer",
    folds: Folds = 5,
    seeds: Seeds = 3,
    quick: Quick = False,
    cache: Cache = Path(".cache/risk"),
) -> None:
    """Train a model of low mood on interviews, judge it, and write its card and report.

    Example: sottovoce train risk DAIC-WOZ --name mine
    """
    from sottovoce.config import read_settings

    folder = output or read_settings().models_folder / name
    with _session(features, encoder, words, cache) as session:
        plan, found = session.study(
            corpus, layout, _plan(fusion, sequence, folds, seeds, quick), quick
        )
        session.report(report or Path("reports") / name, found, name)
        session.ship(folder, found, plan, name)


def evaluate_command(
    corpus: Place,
    output: Annotated[Path, typer.Option(help="Folder of the report.")] = Path("reports/risk"),
    layout: Layout = "auto",
    features: Features = "own",
    encoder: Encoder = None,
    words: Words = None,
    fusion: Fusion = "gated",
    sequence: Sequence = "transformer",
    folds: Folds = 5,
    seeds: Seeds = 3,
    quick: Quick = False,
    cache: Cache = Path(".cache/risk"),
) -> None:
    """Judge the hybrid model on interviews by cross-validation over people; write a report.

    Example: sottovoce evaluate risk Androids-Corpus
    """
    with _session(features, encoder, words, cache) as session:
        plan = _plan(fusion, sequence, folds, seeds, quick)
        _, found = session.study(corpus, layout, plan, quick)
        session.report(output, found, "evaluation")


def make_command(
    folder: Annotated[Path, typer.Argument(help="Where the made tree goes.")],
    voices: Annotated[list[Path], typer.Option(help="labels.csv of a corpus; may be repeated.")],
    effect: Annotated[str, typer.Option(help="voice, interviewer or none.")] = "voice",
    people: Annotated[int, typer.Option(min=4, help="How many.")] = 60,
    auc: Annotated[float, typer.Option(min=0.5, max=1.0, help="How far cases lie apart.")] = 0.8,
    seed: Annotated[int, typer.Option(help="Which of many.")] = 0,
) -> None:
    """Make a DAIC-WOZ tree of interviews with a planted effect, to test the machinery with.

    Example: sottovoce make interviews made --voices ravdess/labels.csv
    """
    from sottovoce.risk.made.people import EFFECTS, Wish
    from sottovoce.risk.made.tree import write_daic
    from sottovoce.risk.made.voices import read_voices

    if effect not in EFFECTS:
        raise typer.BadParameter(f"'{effect}' is none of {', '.join(EFFECTS)}")
    made = write_daic(folder, read_voices(voices), Wish(people, effect, auc, seed=seed))
    typer.echo(f"{len(made)} made interviews are in '{folder}'", err=True)


def _plan(fusion: str, sequence: str, folds: int, seeds: int, quick: bool) -> "Plan":
    from sottovoce.risk.study.running import plan_of

    return plan_of(fusion, sequence, folds, seeds, quick)


def _session(features: str, encoder: str | None, words: str | None, cache: Path) -> Any:
    try:
        from sottovoce.risk.study.running import Session
    except ImportError as trouble:
        raise MissingExtraError(HOW) from trouble
    return Session(features, encoder, words, cache)


def tell(study: "Study") -> None:
    """The main figures and the warnings, on standard output and error."""
    from sottovoce.risk.study.tables import main_table

    for row in main_table(study).dicts():
        span = "" if row["low"] is None else f"  ({row['low']:.3f} to {row['high']:.3f})"
        value = "not known" if row["value"] is None else f"{row['value']:.3f}"
        typer.echo(f"{row['figure']:<52} {value}{span}")
    for sentence in (*study.warnings, *study.remarks, *study.notes):
        typer.echo(f"sottovoce: {sentence}", err=True)
