"""wav2vec 2.0 on a CPU: ``sottovoce analyze`` beside the ordinary ``transformers.pipeline``.

Run as ``python benchmarks/wav2vec2.py [base|large ...] [--minutes N] [--rounds N] [--threads N]``.
Checkpoints are of the real sizes with random encoders, and a head fitted on the spot (ridge
regression on the emotions of RAVDESS clips that are not in the memo), so that windows differ in
their labels. Both sides hear the same memo of real speech with the same checkpoint and the same
number of threads, in processes of their own, in interleaved rounds. Both are timed end to end, from
the file to the labels: the pipeline hears the windows that Sottovoce's speech detection finds, and
"x given" is the ratio where decoding and detection were not counted against it. Sottovoce's time
holds all of its own: decoding, detection, biomarkers, stress.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from machine import machine
from wav2vec2_parts import make_checkpoint, matrix_peak, work_gflop, write_memo

HERE = Path(__file__).parent
SIZES = {
    "base": {},
    "large": {
        "hidden_size": 1024,
        "num_hidden_layers": 24,
        "num_attention_heads": 16,
        "intermediate_size": 4096,
        "feat_extract_norm": "layer",
        "do_stable_layer_norm": True,
        "conv_bias": True,
    },
}


def main() -> None:
    """Print a table for each size and number of threads."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=list(SIZES))
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--hour", action="store_true", help="also an hour, for the cost's growth")
    told = parser.parse_args()
    print(machine())
    print(f"matrix product, one core: {matrix_peak():.0f} GFLOP/s in float32", flush=True)
    for size in told.sizes:
        with tempfile.TemporaryDirectory() as folder:
            compare(size, Path(folder), told)


def compare(size: str, folder: Path, told: argparse.Namespace) -> None:
    """Import one checkpoint, hear one memo with it in every way."""
    memo, speech = write_memo(folder, told.minutes)
    make_checkpoint(folder / "checkpoint", SIZES[size])
    for name, options in (("exact", []), ("small", ["--quantize", "int8", "--speech", speech])):
        command = ["sottovoce", "models", "import", folder / "checkpoint", "--name", name, *options]
        done = subprocess.run(command, env=environment(folder, 1), capture_output=True, text=True)
        print(f"{size}, {name}: {' | '.join(done.stderr.splitlines()[1:])}", flush=True)
    for threads in told.threads:
        spent = rounds(folder, memo, threads, told.rounds)
        report(size, threads, spent, told.minutes * 60)
    if told.hour:
        growth(folder)


def rounds(folder: Path, memo: Path, threads: int, count: int) -> dict[str, list[dict]]:
    """What each way spends, in interleaved rounds."""
    spent: dict[str, list[dict]] = {"pipeline": [], "exact": [], "small": []}
    for _ in range(count):
        for way, found in spent.items():
            found.append(heard(folder, memo, way, threads))
    return spent


def heard(folder: Path, memo: Path, way: str, threads: int) -> dict:
    """One way's seconds, memory and labels, from a process of its own."""
    command = [sys.executable, HERE / "wav2vec2_way.py", way, folder, memo, str(threads)]
    done = subprocess.run(
        command, env=environment(folder, threads), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def environment(folder: Path, threads: int) -> dict[str, str]:
    """A home of its own, and that many threads for torch."""
    return {
        **os.environ,
        "SOTTOVOCE_HOME": str(folder / "home"),
        "OMP_NUM_THREADS": str(threads),
        "HF_HUB_OFFLINE": "1",
    }


def report(size: str, threads: int, spent: dict[str, list[dict]], seconds: float) -> None:
    """Print medians, ratios, memory and agreement."""
    middle = {way: medians(found) for way, found in spent.items()}
    anchor, truth = middle["pipeline"], spent["pipeline"][0]["labels"]
    print(f"\n{size}, {threads} thread(s), {seconds:.0f} s of memo, {len(truth)} windows, "
          f"{len(set(truth))} different labels")  # fmt: skip
    print(f"{'':<10}{'wall ms/s':>10}{'CPU ms/s':>10}{'x wall':>8}{'x given':>9}{'x CPU':>8}"
          f"{'peak MB':>9}"
          f"{'same labels':>13}{'of peak':>9}")  # fmt: skip
    for way, one in middle.items():
        labels = spent[way][0]["labels"]
        same = sum(a == b for a, b in zip(labels, truth, strict=True)) / len(truth)
        speed = work_gflop(SIZES[size]) * spent[way][0]["heard_s"] / one["cpu_s"]
        wall, busy = 1000 * one["wall_s"] / seconds, 1000 * one["cpu_s"] / seconds
        print(
            f"{way:<10}{wall:>10.1f}{busy:>10.1f}"
            f"{anchor['wall_s'] / one['wall_s']:>8.2f}{anchor['given_s'] / one['given_s']:>9.2f}"
            f"{anchor['cpu_s'] / one['cpu_s']:>8.2f}"
            f"{one['peak_mb']:>9.0f}{same:>13.1%}{speed / matrix_peak():>9.2f}",
            flush=True,
        )


def medians(found: list[dict]) -> dict[str, float]:
    """The median of each figure over the rounds."""
    figures = ("wall_s", "given_s", "cpu_s", "peak_mb")
    return {name: statistics.median(one[name] for one in found) for name in figures}


def growth(folder: Path) -> None:
    """What an hour costs beside ten minutes: the same ten minutes six times over."""
    short, _ = write_memo(folder, 10.0)
    samples, rate_hz = soundfile.read(short, dtype="float32")
    soundfile.write(long := folder / "hour.flac", np.tile(samples, 6), rate_hz)
    spent = [heard(folder, memo, "small", 1) for memo in (short, long)]
    cost, speech = (spent[1][name] / spent[0][name] for name in ("cpu_s", "heard_s"))
    print(f"an hour costs {cost:.2f} x ten minutes; its windows are {speech:.2f} x as much sound")


if __name__ == "__main__":
    main()
