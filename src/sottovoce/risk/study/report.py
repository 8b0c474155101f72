"""The report of a study: a page, the figures, every table; drawn as the training wing draws."""

import json
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from sottovoce import __version__
from sottovoce.risk.study.card import BASIS, JUDGED_BY, card_text, heard
from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.tables import (
    calibration_table,
    controls_table,
    groups_table,
    main_table,
    ppv_table,
    settings_table,
)
from sottovoce.training.evaluation.contents import Exhibit, Section
from sottovoce.training.evaluation.nouns import Subject
from sottovoce.training.evaluation.report import CARD, NUMBERS, PAGE, TABLES, check_place
from sottovoce.training.folders import write_folder


def write_report(folder: Path, study: Study, name: str) -> None:
    """Write the report, whole or not at all.

    Raises
    ------
    ReportError
        There is something else at that place.
    """
    check_place(folder)
    made = tuple(sections(study))
    tables = [exhibit.table for section in made for exhibit in section.exhibits]
    numbers = {table.name: table.dicts() for table in tables}
    files = {
        PAGE: page(study, made, name),
        CARD: card_text(study, name),
        NUMBERS: json.dumps(numbers, indent=2, ensure_ascii=False) + "\n",
        **{f"{TABLES}/{table.name}.csv": table.csv_text() for table in tables},
    }
    write_folder(folder, {file: text.encode() for file, text in files.items()})


def page(study: Study, made: tuple[Section, ...], name: str) -> str:
    """The page as HTML."""
    templates = Environment(
        loader=PackageLoader("sottovoce.training.evaluation"),
        autoescape=select_autoescape(("html.j2", "svg.j2")),
        undefined=StrictUndefined,
    )
    people, licence = len(study.interviews), "as the recordings it was trained on"
    summary, corpora = BASIS[study.corpus.basis], {study.corpus.name: people}
    subject = Subject(name, summary, licence, JUDGED_BY, corpora)
    return templates.get_template("report.html.j2").render(
        subject=subject,
        heard=heard(study),
        notes=(*study.warnings, *study.remarks, *study.notes),
        sections=made,
        version=__version__,
    )


def sections(study: Study) -> Iterator[Section]:
    """All sections, in order; those without rows are left out."""
    exhibits = (
        ("Figures", "An interval is 95 %, over other people of this corpus.", "summary",
         main_table),
        ("What a flag is worth", "Of those flagged, how many are cases, where so many of all are.",
         "table", ppv_table),
        ("Calibration", "What was said of each fifth of the people, and how many of them are "
         "cases, where half of all are.", "calibration", calibration_table),
        ("Groups", "AUC times 100 of each group; groups without enough people are left out.",
         "bars", groups_table),
        ("Ablations and controls", "AUC times 100. Shuffled labels and the interviewer should "
         "stand at 50; what stands above is a shortcut.", "bars", controls_table),
        ("Settings", "What each fold chose inside its training part.", "table", settings_table),
    )  # fmt: skip
    for title, text, chart, table in exhibits:
        made = table(study)
        if made.rows:
            yield Section(title, text, (Exhibit("", chart, made),))
