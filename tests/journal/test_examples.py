"""The example weeks hold the truth that they say they hold, and are marked."""

from datetime import date
from pathlib import Path

import numpy as np

from journals import run
from sottovoce.journal.erase import erase_made_up
from sottovoce.journal.examples import EVENING, MORNING, TRUTH, add_examples, effect_sd, ten_weeks
from sottovoce.journal.store import Journal
from sottovoce.journal.wire import entry_from_wire, entry_to_wire

TODAY = date(2026, 6, 1)


def test_they_are_marked_whole_and_added_once(journal: Journal) -> None:
    added = add_examples(journal, "Europe/Berlin")
    entries = list(journal.entries(whole=True))
    assert len(entries) == added == journal.count() > 90
    assert add_examples(journal, "Europe/Berlin") == 0
    for entry in entries:
        assert entry.example
        assert entry.usable
        assert entry_from_wire(entry_to_wire(entry), "ada") == entry
        stress = entry.analysis["stress"]
        assert abs(sum(stress["contributions"].values()) - stress["value"]) < 1e-9
        assert abs(sum(entry.analysis["emotions"].values()) - 1) < 1e-9
    span = entries[-1].recorded_at.utc - entries[0].recorded_at.utc
    assert 7 * TRUTH.weeks - 4 < span.days < 7 * TRUTH.weeks
    assert erase_made_up(journal) == added


def test_the_truth_is_in_them() -> None:
    made = list(ten_weeks(TODAY, "Europe/Berlin"))
    first = date(2026, 3, 23)
    known = [
        effect_sd(
            one.at.date(),
            min((MORNING, EVENING), key=lambda slot: abs(slot.hour - one.at.hour)),
            "".join(one.tags),
            (one.at.date() - first).days // 7,
        )
        for one in made
    ]
    rest = np.array([one.above_sd for one in made]) - np.array(known)
    assert abs(rest.mean()) < 0.25
    assert 0.8 < rest.std() < 1.2
    assert np.corrcoef(known, [one.above_sd for one in made])[0, 1] > 0.3


def test_the_demonstration_fills_them_in_and_they_go_in_one_command(tmp_path: Path) -> None:

    shown = run("demo", "--no-serve", home=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "sottovoce journal erase --examples" in shown.stderr
    assert shown.stdout.count("example") >= 5
    gone = run("journal", "erase", "--examples", home=tmp_path)
    assert "example entries erased" in gone.stderr
    assert "no entries" in run("journal", "list", home=tmp_path).stderr
