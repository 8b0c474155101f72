"""A study as a page of Markdown: what was judged, on whom, how well, and where it may fail."""

from collections.abc import Iterator, Sequence

from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.tables import controls_table, groups_table, main_table, ppv_table
from sottovoce.training.evaluation.tables import Cell, Table

JUDGED_BY = "Judged on people not heard in training, by cross-validation."
BASIS = {
    "clinical": "Labels: a questionnaire's or a clinician's.",
    "unstated": "Nobody says on what the labels rest: no number of this model is ever shown.",
    "made": "Made interviews with a planted effect: this says nothing about low mood, and no "
    "number of this model is ever shown.",
}
LIMITS = (
    "Says how a voice sounded next to those of one corpus. Weaker on other languages, other "
    "microphones, older people. No diagnosis, no medical device; not for use at work "
    "or in education."
)


def card_text(study: Study, name: str) -> str:
    """The card, as Markdown."""
    return "\n\n".join(blocks(study, name)) + "\n"


def blocks(study: Study, name: str) -> Iterator[str]:
    """Its parts, in order; tables without rows are left out."""
    yield f"# {name}"
    yield f"{BASIS[study.corpus.basis]} {heard(study)} {JUDGED_BY}"
    tables = (
        ("How well", main_table(study), 3),
        ("What a flag is worth", ppv_table(study), 1),
        ("Groups", groups_table(study), 1),
        ("Ablations and controls", controls_table(study), 1),
    )
    for title, table, decimals in tables:
        if table.rows:
            yield f"## {title}"
            yield markdown(table, decimals)
    yield "## Limits"
    yield "\n".join(f"- {one}" for one in (LIMITS, *study.warnings, *study.remarks, *study.notes))


def heard(study: Study) -> str:
    """Whom it was judged on, in a sentence."""
    cases, voices = int(study.told.cases.sum()), len(set(study.told.speakers))
    people = len(study.interviews)
    shared = f" with {voices} voices" if voices < people else ""
    return f"{people} people of {study.corpus.name}{shared}, {cases} of them cases."


def markdown(table: Table, decimals: int) -> str:
    """A table as Markdown; what is not known is left empty.

    >>> print(markdown(Table("ages", ("who", "age_years"), (("Ann", None), ("Bo", 7.5))), 2))
    | who | age years |
    |---|---|
    | Ann |  |
    | Bo | 7.50 |
    """
    head = row([name.replace("_", " ") for name in table.columns])
    rows = (row([written(cell, decimals) for cell in cells]) for cells in table.rows)
    return "\n".join((head, "|" + "---|" * len(table.columns), *rows))


def written(cell: Cell, decimals: int) -> str:
    """A cell in words."""
    if cell is None:
        return ""
    return f"{cell:.{decimals}f}" if isinstance(cell, float) else str(cell)


def row(cells: Sequence[str]) -> str:
    """One row."""
    return f"| {' | '.join(cells)} |"
