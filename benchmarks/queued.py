"""What the worker pool and the queue cost: the same memos through the library, pool and queue.

Run as ``python benchmarks/queued.py [N_MEMOS] [JOBS] [ROUNDS]``: ten-second memos made of real
clips, all by as many processes. Every round runs each way once, and shares are medians of those of
a round, so that what else the machine does weighs on all ways alike; processor time is that of all
processes of a way (Linux only). Processes are started and models opened before either clock runs.
"""

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from concurrent.futures import wait
from pathlib import Path

import numpy as np
from machine import data_folder, machine

from sottovoce.analysis.batch import Plan, analyze_many
from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.jobs.local import LocalQueue
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobOptions
from sottovoce.journal.store import open_journal

MEMO_S = 10
TOLD = 0.8


class Meter:
    """Seconds on the wall, and of processors, since the meter was made."""

    def __init__(self) -> None:
        self.wall_s, self.cpu_s = -time.perf_counter(), -family_cpu_s()

    def read(self) -> tuple[float, float]:
        """Both, while the processes still live."""
        return self.wall_s + time.perf_counter(), self.cpu_s + family_cpu_s()


def family_cpu_s(pid: int | None = None) -> float:
    """Processor time of a process and of those it started that still live; this one when None."""
    pid = pid or os.getpid()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(word) for thread in threads for word in thread.read_text().split()]
    except FileNotFoundError:
        return 0.0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(family_cpu_s, children))


def main() -> None:
    """Print memos a second for each way, and the share of the library's."""
    asked = asked_for()
    n_memos, jobs, rounds = asked.n_memos, asked.jobs, asked.rounds
    print(machine())
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        files = made(n_memos, Path(folder))
        for _ in range(rounds):
            for name, way in WAYS.items():
                spent[name].append(way(files, jobs, Path(folder)))
    for name, found in spent.items():
        rate = n_memos / statistics.median(wall_s for wall_s, _ in found)
        cpu_s = statistics.median(cpu_s for _, cpu_s in found) / n_memos
        wall, cpu = shares_of(spent, name)
        print(
            f"{name:8} {rate:6.2f} memos a second ({wall:.0%} of the library), "
            f"{cpu_s:.2f} s of processor each ({cpu:.0%})"
        )
    sys.exit(0 if shares_of(spent, "pool")[0] >= TOLD else 1)


def asked_for() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="What the worker pool and the queue cost.")
    parser.add_argument("n_memos", nargs="?", type=int, default=40, help="of each round")
    parser.add_argument("jobs", nargs="?", type=int, default=2, help="processes that hear")
    parser.add_argument("rounds", nargs="?", type=int, default=7, help="each runs each way once")
    return parser.parse_args()


def shares_of(spent: dict[str, list[tuple[float, float]]], name: str) -> tuple[float, float]:
    """Memos a second and processor time of a way, as shares of the library's; medians."""
    pairs = list(zip(spent["library"], spent[name], strict=True))
    return (
        statistics.median(library[0] / way[0] for library, way in pairs),
        statistics.median(way[1] / library[1] for library, way in pairs),
    )


def made(count: int, folder: Path) -> list[Path]:
    """Memos of ten seconds, each of real clips one after another, as wav."""
    clips = sorted((data_folder() / "ravdess" / "flac").glob("*.flac"))
    files = []
    with Decoder() as decoder:
        for number in range(count):
            parts = [decoder.decode(clips[(4 * number + i) % len(clips)]).samples for i in range(4)]
            samples = np.concatenate(parts)[: MEMO_S * SAMPLE_RATE_HZ]
            files.append(folder / f"{number}.wav")
            files[-1].write_bytes(as_wav(samples))
    return files


def as_wav(samples: np.ndarray) -> bytes:
    """16-bit mono."""
    with wave.open(file := io.BytesIO(), "wb") as out:
        out.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        out.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


def library(files: Sequence[Path], jobs: int, _folder: Path) -> tuple[float, float]:
    """``analyze_many``; its start is left out by timing from the first answers on."""
    outcomes = analyze_many([*files[: 2 * jobs], *files], Plan(), jobs)
    for _ in range(2 * jobs):
        next(outcomes)
    meter = Meter()
    for _ in files:
        next(outcomes)
    return meter.read()


def pool_way(files: Sequence[Path], jobs: int, _folder: Path) -> tuple[float, float]:
    """``Pool.analyze``, all memos sent at once."""
    with Pool(jobs, places=len(files)) as pool:
        warm_up(pool, files)
        meter = Meter()
        wait([pool.analyze(file.read_bytes(), JobOptions()) for file in files])
        return meter.read()


def queue_way(files: Sequence[Path], jobs: int, folder: Path) -> tuple[float, float]:
    """The durable queue on SQLite: each memo sealed, kept, heard, made an entry."""
    home = Path(tempfile.mkdtemp(dir=folder))
    with open_journal(f"sqlite:///{home}/journal.db", "me") as journal, Pool(jobs) as pool:
        warm_up(pool, files)
        queue = LocalQueue(journal.place, home / "queue", pool)
        queue.start()
        meter = Meter()
        for file in files:
            queue.submit("me", file.read_bytes(), JobOptions(save=True), None)
        while queue.depth():
            time.sleep(0.02)
        spent = meter.read()
        queue.stop(5.0)
    return spent


def warm_up(pool: Pool, files: Sequence[Path]) -> None:
    """Start the processes, and let each hear a memo."""
    wait(pool.warm())
    wait([pool.analyze(file.read_bytes(), JobOptions()) for file in files[: 2 * pool.workers]])


Way = Callable[[Sequence[Path], int, Path], tuple[float, float]]
WAYS: dict[str, Way] = {
    "library": library,
    "pool": pool_way,
    "queue": queue_way,
}


if __name__ == "__main__":
    main()
