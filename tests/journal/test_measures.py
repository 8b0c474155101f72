"""What insights read of an entry is what the entry says, whatever happened to it."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from journals import START, Clock, Opener, analysis, memo
from sottovoce.domain import Biomarkers
from sottovoce.entries import Entry
from sottovoce.insights.agreement import reports_of
from sottovoce.insights.readings import readings_of
from sottovoce.insights.report import look_back
from sottovoce.insights.scales import EMOTIONS, INDEXES
from sottovoce.insights.tags import tagged_of
from sottovoce.journal.archive import export_journal
from sottovoce.journal.changing import Edit, Memo
from sottovoce.journal.erase import erase_for_good
from sottovoce.journal.moments import moment_at
from sottovoce.journal.schema import MEASURES
from sottovoce.journal.store import Journal, open_journal
from sottovoce.journal.unpack import import_journal
from sottovoce.looking import journal_report, readings_in, reports_in, tagged_in

TODAY = date(2026, 3, 31)
SEEN = ("stress", "pitch_median_hz", "latency_s", "anxiety")


def test_every_measure_has_a_column() -> None:
    assert (*INDEXES, *Biomarkers().as_dict(), *EMOTIONS) == MEASURES


def in_step(journal: Journal) -> None:
    """What is read for insights equals what is computed from the whole entries."""
    entries = list(journal.entries(whole=True, deleted=None))
    for measure in SEEN:
        with journal.reading() as owned:
            readings = readings_in(owned, measure, TODAY, 100, 4)
            tagged, reports = tagged_in(owned, measure, TODAY, 4), reports_in(owned, measure, 4)
        same(readings, readings_of(entries, measure))
        same(reports, reports_of(entries, measure))
        expected = tagged_of(entries, measure)
        same(tagged.readings, expected.readings)
        assert tagged.tags == expected.tags


def same(one: object, other: object) -> None:
    for name in ("days", "hours", "values", "valences"):
        if hasattr(one, name):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_what_insights_read_is_what_entries_say(opened: Opener, tmp_path: Path) -> None:
    with opened("ada") as journal, opened("grace") as another:
        another.add(memo(1, stress=0.9))
        keys = [journal.add(memo(n, stress=n / 10, tags=("work",))).entry.id for n in range(1, 7)]
        in_step(journal)
        journal.add(unusable(8))
        journal.edit(keys[0], Edit(recorded_at=moment_at(START, "Pacific/Kiritimati")))
        journal.edit(keys[1], Edit(add_tags=("run",), note="after"))
        journal.report(keys[2], 6)
        in_step(journal)
        journal.delete([keys[3], keys[2]])
        in_step(journal)
        journal.restore([keys[3]])
        erase_for_good(journal, [keys[4]])
        in_step(journal)
        export_journal(journal, tmp_path / "all.zip")
        with opened("eve") as copied:
            import_journal(copied, tmp_path / "all.zip")
            in_step(copied)
        with journal.reading() as owned:
            assert len(readings_in(owned, "stress", TODAY, 100, 4)) == 4


def unusable(number: int) -> Memo:
    return Memo({**analysis(number), "status": "unusable"}, moment_at(START, "UTC"))


CHANGES = some.lists(
    some.tuples(
        some.sampled_from(["add", "move", "tag", "say", "delete", "restore", "erase", "spoil"]),
        some.integers(0, 5),
        some.floats(0.0, 1.0),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(changes=CHANGES)
def test_no_row_of_changes_brings_them_out_of_step(
    changes: list[tuple[str, int, float]],
) -> None:
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/journal.db"
        with open_journal(url, "ada", clock=Clock()) as journal:
            for change in changes:
                happen(journal, *change)
            in_step(journal)


def happen(journal: Journal, what: str, number: int, share: float) -> None:
    key = Memo(analysis(number), moment_at(START, "UTC")).entry("ada", START).id
    there = any(entry.id == key for entry in journal.entries(deleted=None))
    zone = "Pacific/Pago_Pago" if share < 0.5 else "Asia/Kathmandu"
    if what == "add":
        journal.add(memo(number, stress=share))
    elif what == "spoil":
        journal.add(unusable(number + 10))
    elif there:
        do = {
            "move": lambda: journal.edit(
                key, Edit(recorded_at=moment_at(START + timedelta(days=9 * share), zone))
            ),
            "tag": lambda: journal.edit(key, Edit(add_tags=(f"t{number % 2}",))),
            "say": lambda: journal.report(key, 1 + int(6 * share)),
            "delete": lambda: journal.delete([key]),
            "restore": lambda: journal.restore([key]),
            "erase": lambda: erase_for_good(journal, [key]),
        }
        do[what]()


@pytest.mark.parametrize("n_weeks", [12, 60])
def test_a_report_from_columns_is_that_from_entries(opened: Opener, n_weeks: int) -> None:
    """Also where only the first weeks and the last are read."""
    with opened("ada") as journal:
        for number in range(0, 300, 3):
            journal.add(memo(number, stress=0.2 + number % 7 / 20, tags=("work",)))
        for entry in journal.latest(40):
            journal.report(entry.id, 1 + int(entry.id[-1], 16) % 7)
        entries: list[Entry] = list(journal.entries())
        today = (START + timedelta(days=299)).date()
        told = journal_report(journal, "stress", today, n_weeks)
        expected = look_back(entries, "stress", today, n_weeks)
    for part in (
        "recent",
        "anchored",
        "days",
        "weeks",
        "felt",
        "trend",
        "change",
        "patterns",
        "tags",
    ):
        assert getattr(told, part) == getattr(expected, part)
    assert told.agreement == expected.agreement
    assert told.recalibration == expected.recalibration
