"""The page shows what the tables hold, needs nothing else, and is whole or not there."""

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sottovoce.training.evaluation.errors import ReportError
from sottovoce.training.evaluation.figures import FIGURES, main_figures
from sottovoce.training.evaluation.nouns import Evaluation, PersonalPoint, Uncertain
from sottovoce.training.evaluation.report import report_files, write_report

MARK = re.compile(r'<g class="mark"><title>(.*?)</title>', re.DOTALL)


class Shape(HTMLParser):
    """Which elements there are, and whether they are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def files(evaluation: Evaluation) -> dict[str, str]:
    figures = [
        figure
        for name, said in evaluation.judged.slices()
        for figure in main_figures(name, said, draws=20)
    ]
    return report_files(evaluation, figures)


def rows(files: dict[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files[f"tables/{name}.csv"].splitlines()))


def test_the_page_is_well_formed_and_needs_nothing_else(files) -> None:
    page = files["report.html"]
    shape = Shape()
    shape.feed(page)
    assert shape.open == []
    assert not shape.seen & {"script", "link", "img", "iframe"}
    assert not re.search(r"(?:href|src)=|https?://|url\(|@import", page)
    assert len(page.encode()) < 1_000_000


def test_every_chart_has_its_numbers_below_and_beside(files) -> None:
    page = files["report.html"]
    named = re.findall(r"tables/(\w+)\.csv", page)
    assert page.count("<svg") + page.count('class="slices"') == len(named) == len(set(named))
    assert {f"tables/{name}.csv" for name in named} <= set(files)


def test_bars_show_the_table(files) -> None:
    marks = MARK.findall(files["report.html"])
    for row in rows(files, "robustness_all"):
        told = "{group}: {ua_percent} ({low_percent} to {high_percent})".format(**row)
        assert told in marks
        width = float(row["ua_percent"]) * (318 - 116) / 100
        assert f'width="{round(width, 1)}"' in files["report.html"]


def test_the_confusion_matrix_shows_the_table(files) -> None:
    marks = MARK.findall(files["report.html"])
    cells = rows(files, "confusion_one")
    assert sum(int(row["clips"]) for row in cells) == 6
    for row in cells:
        assert (
            f"{row['truth']} / {row['heard_as']}: {row['share_percent']} ({row['clips']} clips)"
            in marks
        )


def test_reliability_and_coverage_show_their_tables(files) -> None:
    marks = MARK.findall(files["report.html"])
    bins = rows(files, "reliability_all")
    assert len(bins) == 15
    assert sum(int(row["clips"]) for row in bins) == 12
    for row in bins:
        if int(row["clips"]):
            assert (
                f"confidence {row['confidence_percent']}: accuracy {row['accuracy_percent']}, "
                f"{row['clips']} clips" in marks
            )
    for row in rows(files, "coverage_all"):
        assert any(
            mark.startswith(f"{row['coverage_percent']} answered: UA {row['ua_percent']}")
            for mark in marks
        )


def test_the_matrix_of_corpora_shows_the_table(files) -> None:
    marks = MARK.findall(files["report.html"])
    for row in rows(files, "cross_corpus"):
        told = "{trained_on} / {tested_on}: {ua_percent} ({low_percent} to {high_percent})"
        assert told.format(**row) in marks


def test_the_figures_are_all_there(files, evaluation: Evaluation) -> None:
    told = json.loads(files["figures.json"])
    assert list(told["figures"]) == ["one", "two", "all"]
    assert list(told["figures"]["all"]) == list(FIGURES)
    assert len(rows(files, "figures")) == 3 * len(FIGURES)
    card = files["card.md"]
    for word in (
        "## Intended use",
        "## Out of scope",
        "diagnosis",
        "education",
        "## Limits",
        "| all | ",
    ):
        assert word.casefold() in card.casefold()


def test_what_was_not_measured_is_not_shown(evaluation: Evaluation) -> None:
    less = report_files(replace(evaluation, personal=(), transfers=()), ())
    assert "own normal" not in less["report.html"]
    assert not [name for name in less if "personal" in name or "corpus" in name]


def test_personal_view_and_doubt_have_their_place(evaluation: Evaluation) -> None:
    more = replace(
        evaluation,
        personal=(PersonalPoint("all", 20, 0.72, 0.01, 5),),
        uncertain=(Uncertain("all", 0.2, 0.8),),
    )
    files = report_files(more, ())
    assert "20 own clips: 72.0 (71.0 to 73.0)" in files["report.html"]
    assert rows(files, "uncertain")[0]["uncertain_percent"] == "20.0"


def test_names_from_a_corpus_are_only_text(evaluation: Evaluation) -> None:
    said = replace(evaluation.judged.said, speakers=("<script>",) * 12)
    judged = replace(evaluation.judged, said=said)
    page = report_files(replace(evaluation, judged=judged), ())["report.html"]
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_report_is_written_and_written_over(evaluation: Evaluation, tmp_path: Path) -> None:
    figures = write_report(tmp_path / "report", evaluation, draws=20)
    assert len(figures) == 3 * len(FIGURES)
    first = (tmp_path / "report" / "report.html").read_bytes()
    write_report(tmp_path / "report", evaluation, draws=20)
    assert (tmp_path / "report" / "report.html").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_nothing_else_is_written_over(evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    with pytest.raises(ReportError, match="letters' holds other things"):
        write_report(tmp_path / "letters", evaluation)
    with pytest.raises(ReportError, match="is a file"):
        write_report(tmp_path / "letters" / "dear.txt", evaluation)
