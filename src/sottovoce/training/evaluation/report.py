"""The report of an evaluation: a folder with a page, a card, the figures and every table."""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from sottovoce import __version__
from sottovoce.training.corpora import CORPORA
from sottovoce.training.corpora.table import TABLE
from sottovoce.training.evaluation.contents import Section, sections
from sottovoce.training.evaluation.errors import ReportError
from sottovoce.training.evaluation.figures import Figure, main_figures
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.summary import figures_json, summary_table
from sottovoce.training.folders import write_folder
from sottovoce.training.intervals import DRAWS
from sottovoce.training.progress import watched

PAGE, CARD, NUMBERS, TABLES = "report.html", "card.md", "figures.json", "tables"
ON_CARD = (
    "Under bad conditions",
    "Another corpus, another language",
    "Sets of labels",
    'How often it says "uncertain"',
    "Against one's own normal",
    "Women and men",
)


def write_report(folder: Path, evaluation: Evaluation, draws: int = DRAWS) -> tuple[Figure, ...]:
    """Write the report, whole or not at all; returns the main figures.

    Parameters
    ----------
    folder
        Where; an older report in that place is replaced.
    evaluation
        What was found.
    draws
        How many times speakers are drawn for the intervals of the main figures.

    Raises
    ------
    ReportError
        There is something else at that place.
    """
    check_place(folder)
    slices = watched(tuple(evaluation.judged.slices()), "Drawing other speakers")
    figures = tuple(figure for name, said in slices for figure in main_figures(name, said, draws))
    texts = report_files(evaluation, figures)
    write_folder(folder, {name: text.encode() for name, text in texts.items()})
    return figures


def check_place(folder: Path) -> None:
    """Refuse to replace anything but an older report or an empty folder."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / PAGE).is_file():
        raise ReportError(f"'{folder}' holds other things; name a new folder for the report")
    if folder.exists() and not folder.is_dir():
        raise ReportError(f"'{folder}' is a file; name a new folder for the report")


def report_files(evaluation: Evaluation, figures: Sequence[Figure]) -> dict[str, str]:
    """Path inside the report's folder to text; the same evaluation gives the same bytes."""
    made = sections(evaluation, figures)
    values = template_values(evaluation, figures, made)
    templates = Environment(
        loader=PackageLoader("sottovoce.training.evaluation"),
        autoescape=select_autoescape(("html.j2", "svg.j2")),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    numbers = json.dumps(figures_json(evaluation, figures), indent=2, ensure_ascii=False)
    tables = [exhibit.table for section in made for exhibit in section.exhibits]
    return {
        PAGE: templates.get_template("report.html.j2").render(values),
        CARD: templates.get_template("card.md.j2").render(values),
        NUMBERS: numbers + "\n",
        **{f"{TABLES}/{table.name}.csv": table.csv_text() for table in tables},
    }


def template_values(
    evaluation: Evaluation, figures: Sequence[Figure], made: Sequence[Section]
) -> dict[str, Any]:
    """What the templates speak of."""
    said = evaluation.judged.said
    return {
        "subject": evaluation.subject,
        "labels": said.labels,
        "clips": len(said),
        "speakers": len(set(said.speakers)),
        "corpora": sorted(set(evaluation.judged.corpora)),
        "heard": heard(len(said), len(set(said.speakers)), sorted(set(evaluation.judged.corpora))),
        "sexes": spoken_sexes(said.speakers, said.sexes),
        "notes": evaluation.notes,
        "origins": {name: origin(name) for name in evaluation.subject.trained_on},
        "version": __version__,
        "sections": made,
        "figures": summary_table(figures),
        "tables": [
            {
                "title": ": ".join(filter(None, (section.title, exhibit.caption))),
                "table": exhibit.table,
            }
            for section in made
            if section.title in ON_CARD
            for exhibit in section.exhibits
        ],
    }


def heard(clips: int, speakers: int, corpora: Sequence[str]) -> str:
    """What was heard, in a sentence.

    >>> heard(4, 2, ["nemo"])
    '4 clips of 2 speakers from nemo.'
    """
    where = f" from {', '.join(corpora)}" if corpora else ""
    return f"{clips} clips of {speakers} speakers{where}."


def origin(corpus: str) -> str:
    """Where a corpus comes from and its licence, as its adapter says; empty for unknown ones.

    >>> origin("nemo")
    'nEMO (Christop, 2024): nine Polish actors, ninety sentences, CC BY-NC-SA 4.0.'
    """
    if corpus not in CORPORA or corpus == TABLE.name:
        return ""
    adapter = import_module(f"sottovoce.training.corpora.{corpus.replace('-', '_')}")
    return (adapter.__doc__ or "").partition("\n")[0]


def spoken_sexes(speakers: Sequence[str], sexes: Sequence[str | None]) -> str:
    """How many women and men speak; empty where the corpora do not say.

    >>> spoken_sexes(["a", "a", "b"], ["f", "f", "m"])
    '1 women, 1 men'
    """
    known = {speaker: sex for speaker, sex in zip(speakers, sexes, strict=True) if sex}
    women = sum(sex == "f" for sex in known.values())
    return f"{women} women, {len(known) - women} men" if known else ""
