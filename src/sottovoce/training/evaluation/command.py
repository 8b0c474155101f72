"""What ``sottovoce evaluate`` does: judge, write the report, print the main figures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from sottovoce.models.registry import DEFAULT_MODEL
from sottovoce.training.evaluation.figures import Figure
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.product import evaluate_model
from sottovoce.training.evaluation.report import check_place, write_report
from sottovoce.training.evaluation.story import evaluate_recipe
from sottovoce.training.recipe import read_recipe

REPORTS = Path("reports")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a corpus: the model, the corpus's adapter, words for emotions."""

    model: str | None
    corpus: str
    words: Sequence[str]


def judge_recipe(file: Path, output: Path | None, cache_folder: Path) -> Path:
    """Judge a recipe by cross-validation; returns the report's folder."""
    source = read_recipe(file)
    folder = output or REPORTS / source.recipe.name
    check_place(folder)
    return reported(folder, evaluate_recipe(source, cache_folder))


def judge_corpus(corpus: Path, output: Path | None, asked: Asked) -> Path:
    """Judge a trained model on a corpus; returns the report's folder."""
    model = asked.model or DEFAULT_MODEL
    folder = output or REPORTS / f"{model}-on-{corpus.resolve().stem}"
    check_place(folder)
    words = words_of(asked.words)
    return reported(folder, evaluate_model(corpus, model, asked.corpus, words))


def words_of(given: Sequence[str]) -> Mapping[str, str]:
    """``WORD=LABEL`` as word to label.

    >>> words_of(["L=ignored"])
    {'L': 'ignored'}
    """
    pairs = [pair.partition("=") for pair in given]
    for word, sign, label in pairs:
        if not (word and sign and label):
            raise typer.BadParameter(f"--label is WORD=LABEL, not '{word}{sign}{label}'")
    return {word: label for word, _, label in pairs}


def reported(folder: Path, evaluation: Evaluation) -> Path:
    """Write the report; notes go to standard error, figures to standard output."""
    for note in evaluation.notes:
        typer.echo(note, err=True)
    for figure in write_report(folder, evaluation):
        typer.echo(line(figure))
    return folder


def line(figure: Figure) -> str:
    """One figure with its interval, 0..1.

    >>> from sottovoce.training.intervals import Interval
    >>> line(Figure("ravdess", "ua", Interval(0.678, 0.65, 0.71, 0.95)))
    'ravdess_ua                       0.678   (0.650 to 0.710)'
    """
    value = figure.interval
    name = f"{figure.corpus}_{figure.name}"
    if math.isnan(value.value):
        return f"{name:<32} not measured"
    return f"{name:<32} {value.value:.3f}   ({value.low:.3f} to {value.high:.3f})"
