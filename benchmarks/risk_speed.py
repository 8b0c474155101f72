"""How fast interviews are heard, and what ``analyze --risk`` adds to an analysis.

``python benchmarks/risk_speed.py [minutes] [rounds]`` puts real clips end to end to an interview
and to a memo of so many minutes (ten). All figures are processor time of this process and its
decoder, so that they mean something on a busy machine.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from machine import data_folder, machine

from sottovoce.analysis.batch import Plan, Trouble, analyze_many
from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.analysing import open_analyst
from sottovoce.risk.features.cutting import cut
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.hearing import Ears, Heard, hear
from sottovoce.risk.fence.gate import KIND
from sottovoce.risk.interviews import Interview, Turn
from sottovoce.risk.marks import write_marked
from sottovoce.risk.network.batches import batch, shape_of
from sottovoce.risk.network.export import export
from sottovoce.risk.network.fit import Labels, fit, taken
from sottovoce.risk.network.options import NetOptions
from sottovoce.training.manifest import read_manifest
from sottovoce.training.shipping import ship

LEAST_SPEED = 15.0  # times real time, on two cores
MOST_ADDED = 0.10
TURN_S = 20.0
SEEDS = 3
JUDGED = {
    "speaker_disjoint": True, "labels": "clinical", "corpora": {"none, for timing": 40},
    "cases": 20, "others": 20, "auc": {"value": 0.8, "low": 0.7, "high": 0.9}, "decided": 0.8,
    "sensitivity": 0.7, "specificity": 0.7,
}  # fmt: skip


def spent_s() -> float:
    """Processor time of this process and of those it has waited for."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(found.ru_utime + found.ru_stime for found in map(resource.getrusage, who))


def costs_s(work: Callable[[], object]) -> float:
    """Processor time of some work that ends the processes it starts."""
    begin_s = spent_s()
    work()
    return spent_s() - begin_s


def speech(length_s: float) -> FloatArray:
    """Clips of both corpora end to end, as long as wanted."""
    labels = [data_folder() / name / "labels.csv" for name in ("ravdess", "nemo")]
    clips = [clip for file in labels for clip in read_manifest(file).clips]
    order, sounds, wanted = np.random.default_rng(0), [], round(length_s * SAMPLE_RATE_HZ)
    with Decoder() as decoder:
        while sum(map(len, sounds)) < wanted:
            sounds.append(decoder.decode(clips[order.integers(len(clips))].path).samples)
    return np.concatenate(sounds)[:wanted]


def interview(file: Path, length_s: float) -> Interview:
    """Turns of twenty seconds; every third is the interviewer's, which nobody has to hear."""
    starts_s = np.arange(0.0, length_s - TURN_S, TURN_S)
    turns = tuple(
        Turn(float(start_s), float(start_s) + TURN_S - 1, place % 3 == 0)
        for place, start_s in enumerate(starts_s)
    )
    return Interview("made_1", (file,), True, turns)


def featurised(file: Path, length_s: float, name: str) -> bool:
    """Print how fast an interview is heard; whether it is fast enough on one core alone."""

    def work() -> None:
        with Decoder() as decoder:
            hear(cut(interview(file, length_s), "participant", decoder), Ears(find_set(name)))

    speed = length_s / costs_s(work)
    fast = speed >= LEAST_SPEED
    print(
        f"interviews, {name:<8} {speed:6.1f} x real time on one core  {verdict(fast)}", flush=True
    )
    return fast


def model(folder: Path) -> None:
    """A model of the usual shape and size; it was fitted on noise and is for timing alone."""
    random, own = np.random.default_rng(0), find_set("own")
    people = [
        Heard(
            segments=random.standard_normal((30, len(own.names()))).astype(np.float32),
            embeddings=np.zeros((30, 0), np.float32),
            markers=random.standard_normal(13).astype(np.float32),
            starts_s=np.arange(30.0),
            snr_db=np.zeros(1),
        )
        for _ in range(20)
    ]
    options = NetOptions(epochs=1)
    shape = shape_of(people[0], options.most_segments)
    inputs, cases = batch(people, shape), (np.arange(20) % 2).astype(np.float32)
    labels = Labels(cases, np.full(20, -1))
    networks = [fit(inputs, labels, shape, options, seed) for seed in range(SEEDS)]
    told = {
        "feature_set": "own", "feature_version": own.version(), "segments": shape.segments,
        "widths": shape.widths, "encoder": None, "scaling": {"slope": 1.0, "shift": 0.0},
        "draws": [[1.0, 0.0]] * 50, "undecided": [0.45, 0.55], "evaluation": JUDGED,
    }  # fmt: skip
    card = {
        "name": folder.name, "summary": "for timing", "licence": "none", "labels": ["case"],
        "doubt": {}, "kind": KIND, "text": {KIND: told},
    }  # fmt: skip
    ship(folder, export(networks, taken(inputs, np.arange(2))), card)


def added(memo: Path, rounds: int) -> bool:
    """Print what the answer of a model adds to an analysis, from opening to the last word."""

    def plain() -> None:
        refuse(list(analyze_many([memo], Plan(), 1)))

    def beside() -> None:
        analyst = open_analyst("timing")
        refuse(list(analyst.outcomes([memo], Plan())))
        json.dumps(analyst.beside(str(memo)))

    plain(), beside()  # what is loaded once is loaded now
    pairs = [(costs_s(plain), costs_s(beside)) for _ in range(rounds)]
    shares = [with_s / without_s - 1 for without_s, with_s in pairs]
    share, without_s = median(shares), median(pair[0] for pair in pairs)
    told = ", ".join(f"{100 * one:+.1f}" for one in sorted(shares))
    print(
        f"analyze --risk adds {100 * share:+.1f} % to {without_s:.1f} s "
        f"(rounds: {told})  {verdict(share < MOST_ADDED)}"
    )
    return share < MOST_ADDED


def refuse(outcomes: list[object]) -> None:
    for one in outcomes:
        if isinstance(one, Trouble):
            raise one.error


def verdict(right: bool) -> str:
    return "as it should be" if right else "NOT as it should be"


def main(minutes: float = 10.0, rounds: int = 3) -> int:
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        home, length_s = Path(name), 60 * minutes
        os.environ["SOTTOVOCE_HOME"] = name
        write_marked(home / "memo.wav", speech(length_s))
        sets = ["own", *(["egemaps"] if find_spec("opensmile") else [])]
        right = [featurised(home / "memo.wav", length_s, one) for one in sets]
        model(home / "models" / "timing")
        return [*right, added(home / "memo.wav", rounds)].count(False)


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:3]]
    sys.exit(main(*given[:1], *map(int, given[1:])))
