"""A journal of many years: adding, insights, reading, exporting, and in how much memory.

Run as ``python benchmarks/journal.py [ENTRIES] [--postgres [OWNERS]]``: 100,000 entries of one
owner over ten years on SQLite; with ``--postgres`` shared among 1,000 owners on a PostgreSQL of our
own. Entries are of the size of real ones. Memory is the most this process ever held; computing is
the time of this process alone, for a machine may be shared.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from journal_entries import END, analysis, entries
from journal_insights import measure_insights
from journal_postgres import fill, server
from machine import machine
from timing import seconds, spread, timed

from sottovoce.journal.archive import export_journal
from sottovoce.journal.changing import Memo, put_entries
from sottovoce.journal.migrate import migrate
from sottovoce.journal.moments import moment_at
from sottovoce.journal.owned import in_batches
from sottovoce.journal.schema import HEAD
from sottovoce.journal.store import Journal, open_journal
from sottovoce.journal.unpack import import_journal

ENTRIES, OWNERS = 100_000, 1_000
ADDED, READ = 300, 50
WINDOWS = (timedelta(days=90), timedelta(days=365))


def main() -> None:
    """Print what takes how long."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = numbers[0] if numbers else ENTRIES
    print(machine())
    print(f"others on the machine: load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        if "--postgres" in sys.argv:
            on_postgres(count, numbers[1] if len(numbers) > 1 else OWNERS, Path(folder))
        else:
            on_sqlite(count, Path(folder))
    print(f"others on the machine: load {os.getloadavg()[0]:.1f}")


def on_sqlite(count: int, folder: Path) -> None:
    """One owner on SQLite, everything measured."""
    url = f"sqlite:///{folder / 'journal.db'}"
    with open_journal(url, "me") as journal:
        for batch in in_batches(entries(count, "me"), 2_000):
            with journal.writing() as owned:
                put_entries(owned, batch)
        size_mb = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        print(f"{count} entries of one owner on SQLite, {size_mb:.0f} MB")
        measure_insights(journal)
        measure(journal)
        migrate(journal.place, "0002")
        timed("migration from schema 0002", lambda: migrate(journal.place, HEAD))
    with open_journal(url, "me") as journal:
        timed("export", lambda: export_journal(journal, folder / "a.zip"))
    with open_journal(f"sqlite:///{folder / 'other.db'}", "me") as other:
        timed("import", lambda: import_journal(other, folder / "a.zip"))
        export_journal(other, folder / "b.zip")
    same = (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
    print(f"export of the import: {'the same bytes' if same else 'DIFFERENT BYTES'}")


def on_postgres(count: int, owners: int, folder: Path) -> None:
    """Many owners on PostgreSQL; the measured one has the same share as the others."""
    with server(folder) as (url, unbound_url), open_journal(url, f"owner {owners // 2}") as journal:
        begun_s = time.perf_counter()
        fill(unbound_url, count, owners)
        spent_s = time.perf_counter() - begun_s
        print(f"{count} entries of {owners} owners on PostgreSQL, copied in {spent_s:.0f} s")
        measure_insights(journal)
        measure(journal)
        timed("export of one owner", lambda: export_journal(journal, folder / "a.zip"))


def measure(journal: Journal) -> None:
    """Adding one by one, and reading the last weeks and a whole entry."""
    print("adding and reading")

    def memo(number: int) -> Memo:
        return Memo(analysis(f"{journal.owner} new {number}"), moment_at(END, "Europe/Berlin"))

    memos = [memo(number) for number in range(ADDED)]
    spread("add an entry", [seconds(lambda one=one: journal.add(one)) for one in memos])
    for window in WINDOWS:
        since = END - window
        found = sum(1 for _ in journal.entries(since))
        spent_s = [seconds(lambda since=since: list(journal.entries(since))) for _ in range(READ)]
        spread(f"read the last {window.days} days, {found} entries", spent_s)
    key = next(iter(journal.latest(1))).id
    spread("read one, whole", [seconds(lambda: journal.entry(key)) for _ in range(READ)])
    spread("list the newest 20", [seconds(lambda: journal.latest(20)) for _ in range(READ)])


if __name__ == "__main__":
    main()
