"""What the worker pool and the queue cost: the same memos through the library, pool and queue.

Run as ``python benchmarks/queued.py [N_MEMOS] [JOBS] [ROUNDS]``: ten-second memos made of real
clips, all by as many processes. Every round runs each way once, and shares are those of a
round, so that what else the machine does weighs on all ways alike. Processes are started and models
opened before the clock runs, for the library as well.
"""

import io
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

ROUNDS = 7
MEMO_S = 10
TOLD = 0.8


def main() -> None:
    """Print memos a second for each way, and the share of the library's."""
    n_memos = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    jobs = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS
    print(machine())
    spent: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        files = made(n_memos, Path(folder))
        for _ in range(rounds):
            for name, way in WAYS.items():
                spent[name].append(way(files, jobs, Path(folder)))
    for name in WAYS:
        rate, share = n_memos / statistics.median(spent[name]), share_of(spent, name)
        print(f"{name:8} {rate:6.2f} memos a second, {jobs} processes; {share:4.0%} of the library")
    sys.exit(0 if share_of(spent, "pool") >= TOLD else 1)


def share_of(spent: dict[str, list[float]], name: str) -> float:
    """How many memos a way hears while the library hears one; the median of the rounds."""
    pairs = zip(spent["library"], spent[name], strict=True)
    return statistics.median(library_s / way_s for library_s, way_s in pairs)


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


def library(files: Sequence[Path], jobs: int, _folder: Path) -> float:
    """``analyze_many``; its start is left out by timing from the first answers on."""
    outcomes = analyze_many([*files[: 2 * jobs], *files], Plan(), jobs)
    for _ in range(2 * jobs):
        next(outcomes)
    begun = time.perf_counter()
    for _ in outcomes:
        pass
    return time.perf_counter() - begun


def pool_way(files: Sequence[Path], jobs: int, _folder: Path) -> float:
    """``Pool.analyze``, all memos sent at once."""
    with Pool(jobs, places=len(files)) as pool:
        warm_up(pool, files)
        begun = time.perf_counter()
        wait([pool.analyze(file.read_bytes(), JobOptions()) for file in files])
        return time.perf_counter() - begun


def queue_way(files: Sequence[Path], jobs: int, folder: Path) -> float:
    """The durable queue on SQLite: each memo sealed, kept, heard, made an entry."""
    home = Path(tempfile.mkdtemp(dir=folder))
    with open_journal(f"sqlite:///{home}/journal.db", "me") as journal, Pool(jobs) as pool:
        warm_up(pool, files)
        queue = LocalQueue(journal.place, home / "queue", pool)
        queue.start()
        begun = time.perf_counter()
        for file in files:
            queue.submit("me", file.read_bytes(), JobOptions(save=True), None)
        while queue.depth():
            time.sleep(0.02)
        spent = time.perf_counter() - begun
        queue.stop(5.0)
    return spent


def warm_up(pool: Pool, files: Sequence[Path]) -> None:
    """Start the processes, and let each hear a memo."""
    wait(pool.warm())
    wait([pool.analyze(file.read_bytes(), JobOptions()) for file in files[: 2 * pool.workers]])


WAYS: dict[str, Callable[[Sequence[Path], int, Path], float]] = {
    "library": library,
    "pool": pool_way,
    "queue": queue_way,
}


if __name__ == "__main__":
    main()
