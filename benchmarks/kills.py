"""SIGKILL while the journal works: nothing acknowledged may be lost, nothing may be half-written.

Run as ``python benchmarks/kills.py [KILLS]`` (1,000 when not named): a quarter each while adding,
importing, restoring a backup and migrating. The victim is a process of its own; it says what is
durable through a pipe, and dies at a random instant. After each death the journal is opened anew,
checked page by page, and compared with what was said.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from machine import machine

from sottovoce.journal.archive import export_journal
from sottovoce.journal.backup import backup_journal, restore_journal
from sottovoce.journal.changing import Memo, put_entries
from sottovoce.journal.engine import open_place
from sottovoce.journal.migrate import bring_up, migrate
from sottovoce.journal.moments import moment_at, utc_now
from sottovoce.journal.store import Journal, open_journal
from sottovoce.journal.unpack import import_journal

SEED = 4
PREPARED = 300
ADDING_S = 0.5
LATEST_KILL = 1.3  # times what the work takes when nobody kills it
BEGUN, DONE = "begun", "done"

Say = Callable[[str], None]


def main() -> None:
    """Kill, look, and print what was found; exit 1 where anything was lost."""
    kills = asked_for().kills
    print(machine())
    chance, found = random.Random(SEED), Counter[str]()
    begun_s = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        slowest_s = {kind: usual_s(Path(folder), kind) * LATEST_KILL for kind in WORK}
        for number in range(kills):
            kind = list(WORK)[number % len(WORK)]
            found += kill_once(Path(folder), kind, chance.uniform(0, slowest_s[kind]))
    for kind in WORK:
        print(
            f"{kind:8} {found[kind + ' kills']} kills, {found[kind + ' midway']} of them midway, "
            f"{found[kind + ' acknowledged']} acknowledged"
        )
    spent_s, lost, torn = time.perf_counter() - begun_s, found["lost"], found["torn"]
    print(f"{kills} kills in {spent_s:.0f} s")
    print(f"{lost} acknowledged changes lost, {torn} journals damaged or half-written")
    sys.exit(1 if lost or torn else 0)


def asked_for() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Kill the journal while it works.")
    parser.add_argument(
        "kills", nargs="?", type=int, default=1000, help="a quarter for each kind of work"
    )
    return parser.parse_args()


def analysis(number: int) -> dict[str, Any]:
    """A made analysis of a size like a real one."""
    digest = sha256(str(number).encode()).hexdigest()
    timeline = [{"start_s": i, "end_s": i + 1, "stress": 0.25} for i in range(40)]
    return {"status": "ok", "recording": {"sha256": digest}, "segments": timeline}


def memo(number: int) -> Memo:
    """A memo of its own."""
    return Memo(analysis(number), moment_at(utc_now(), "UTC"))


def url_of(file: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{file}"


def prepare(folder: Path) -> None:
    """A journal with entries, its export, its backup, and the same at the first schema."""
    with open_journal(url_of(folder / "full.db"), "me") as journal:
        fill(journal, PREPARED)
        export_journal(journal, folder / "all.zip")
        backup_journal(journal.place, folder / "full.backup")
        migrate(journal.place, "0001")
        backup_journal(journal.place, folder / "old.backup")


def fill(journal: Journal, count: int) -> None:
    """Entries 0 to ``count``."""
    with journal.writing() as owned:
        put_entries(owned, [memo(n).entry("me", utc_now()) for n in range(count)])


def usual_s(folder: Path, kind: str) -> float:
    """How long the work takes when nobody kills it, in seconds; adding has no end."""
    if kind == "add":
        return ADDING_S / LATEST_KILL
    start_state(folder, kind, folder / f"{kind}.db")
    moments: list[float] = []
    WORK[kind](folder, folder / f"{kind}.db", lambda _words: moments.append(time.perf_counter()))
    return moments[-1] - moments[0]


def kill_once(folder: Path, kind: str, after_s: float) -> Counter[str]:
    """Let a victim work, kill it, and look at what it left."""
    file = folder / f"{kind}.db"
    start_state(folder, kind, file)
    said = kill_while(lambda say: WORK[kind](folder, file, say), after_s)
    return Counter({f"{kind} kills": 1, f"{kind} acknowledged": len(said)}) + look(kind, file, said)


def start_state(folder: Path, kind: str, file: Path) -> None:
    """What the victim finds."""
    if kind == "add" and file.exists():
        return  # added to, kill after kill
    for old in folder.glob(f"{kind}.db*"):
        old.unlink()
    if kind == "migrate":
        file.write_bytes((folder / "old.backup").read_bytes())
        return
    with open_journal(url_of(file), "me") as journal:
        journal.add(memo(-1))


def kill_while(work: Callable[[Say], None], after_s: float) -> list[str]:
    """Fork a victim, kill it a while after it has begun; returns what it had said by then."""
    reader, writer = os.pipe()
    victim = os.fork()
    if victim == 0:
        os.close(reader)
        os.setsid()
        try:
            work(lambda words: (os.write(writer, f"{words}\n".encode()), None)[1])
        finally:
            os._exit(0)
    os.close(writer)
    begun = b""
    while not begun.endswith(b"\n"):
        begun += os.read(reader, 1)
    time.sleep(after_s)
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)
    with os.fdopen(reader) as pipe:
        return pipe.read().splitlines()


def add(_folder: Path, file: Path, say: Say) -> None:
    """Add memos one after another, each said when it is durable."""
    with open_journal(url_of(file), "me") as journal:
        say(BEGUN)
        for number in range(journal.count(), journal.count() + 100_000):
            say(journal.add(memo(number)).entry.id)


def bring_in(folder: Path, file: Path, say: Say) -> None:
    """Import the export."""
    with open_journal(url_of(file), "me") as journal:
        say(BEGUN)
        import_journal(journal, folder / "all.zip")
        say(DONE)


def put_back(folder: Path, file: Path, say: Say) -> None:
    """Restore the backup over what is there."""
    with open_journal(url_of(file), "me") as journal:
        say(BEGUN)
        restore_journal(journal.place, folder / "full.backup", folder / "aside")
        say(DONE)


def move_up(_folder: Path, file: Path, say: Say) -> None:
    """Migrate from the first schema."""
    place = open_place(url_of(file))
    say(BEGUN)
    bring_up(place)
    say(DONE)
    place.engine.dispose()


WORK: dict[str, Callable[[Path, Path, Say], None]] = {
    "add": add,
    "import": bring_in,
    "restore": put_back,
    "migrate": move_up,
}
ALLOWED = {"import": (1, PREPARED + 1), "restore": (1, PREPARED), "migrate": (PREPARED,) * 2}


def look(kind: str, file: Path, said: list[str]) -> Counter[str]:
    """What is lost, or torn, in a journal after a kill; and whether it was hit midway."""
    with open_journal(url_of(file), "me") as journal:
        with journal.reading() as owned:
            whole = owned.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            count = owned.connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()
        entries = {entry.id: entry for entry in journal.entries(whole=True)}
    torn = not whole or len(entries) != count
    if kind == "add":
        lost = sum(one not in entries for one in said)
        return Counter(lost=lost, torn=torn, **{"add midway": 1})
    before, after = ALLOWED[kind]
    done = DONE in said
    lost = int(done and count != after)
    torn = torn or count not in (before, after)
    return Counter({"lost": lost, "torn": int(torn), f"{kind} midway": int(not done)})


if __name__ == "__main__":
    main()
