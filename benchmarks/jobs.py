"""How ``--jobs`` scales: the same folder with one process and with one for each core.

Run as ``python benchmarks/jobs.py [N_CLIPS]``; the command is run as a person runs it.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import data_folder, machine

ROUNDS = 3


def main() -> None:
    """Print clips a second for each number of jobs."""
    n_clips = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        for clip in sorted((data_folder() / "ravdess" / "flac").glob("*.flac"))[:n_clips]:
            shutil.copy(clip, folder)
        spent: dict[int, list[float]] = {}
        for _ in range(ROUNDS):
            for jobs in sorted({1, os.cpu_count() or 1}):
                spent.setdefault(jobs, []).append(seconds(Path(folder), jobs))
    for jobs, found in spent.items():
        middle = statistics.median(found)
        print(f"--jobs {jobs}: {middle:.1f} s for {n_clips} clips, {n_clips / middle:.0f} a second")


def seconds(folder: Path, jobs: int) -> float:
    """Wall time of the command on a folder."""
    begun = time.perf_counter()
    command = ["sottovoce", "analyze", "--json", "--jobs", str(jobs), str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
