"""How fast: each stage on one core, over RAVDESS clips and a ten-minute memo, openSMILE beside it.

Run as ``python benchmarks/speed.py [N_CLIPS]``. Everything, the decoder process included, is held
on one core; times are wall times there, the median of interleaved rounds.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from machine import data_folder, machine

import sottovoce.analysis.pipeline as story
from sottovoce.analysis import listening
from sottovoce.audio.decode import Decoder, decode
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.features import opensmile

ROUNDS = 3
MEMO_S = 600
STAGES = {
    "speech detection": ("SpeechStream",),
    "quality": ("QualityMeter",),
    "descriptors": ("describe",),
    "functionals": ("functionals",),
    "images": ("net_input",),
    "biomarkers": ("measure",),
}


def main() -> None:
    """Print the table."""
    one_core()
    clips = sorted((data_folder() / "ravdess" / "flac").glob("*.flac"))
    n_clips = int(sys.argv[1]) if len(sys.argv) > 1 else 240
    clips = clips[:: max(1, len(clips) // n_clips)]
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        memo = Path(folder) / "memo.flac"
        soundfile.write(memo, long_memo(clips), SAMPLE_RATE_HZ)
        report(f"{len(clips)} RAVDESS clips", clips)
        report(f"one memo of {MEMO_S} s", [memo])


def one_core() -> None:
    """Hold this process and its children on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def long_memo(clips: list[Path]) -> np.ndarray:
    """Ten minutes of clips, one after another."""
    sound = np.concatenate([decode(clip).samples for clip in clips])
    return np.tile(sound, 1 + MEMO_S * SAMPLE_RATE_HZ // len(sound))[: MEMO_S * SAMPLE_RATE_HZ]


def report(title: str, files: list[Path]) -> None:
    """Time each stage over the files, in interleaved rounds."""
    seconds = sum(decode(file).duration_s for file in files)
    rounds = [
        {**timed_stages(files), "openSMILE eGeMAPSv02": timed_egemaps(files)} for _ in range(ROUNDS)
    ]
    cost = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    whole = cost["end to end"]
    print(f"\n{title}: {seconds:.0f} s of sound, {ROUNDS} rounds, median")
    print(f"{'stage':<24}{'ms per s':>10}{'x real time':>13}{'share':>8}")
    for name, spent in cost.items():
        ms_per_s, times = 1000 * spent / seconds, seconds / spent
        print(f"{name:<24}{ms_per_s:>10.2f}{times:>13.0f}{spent / whole:>8.0%}")


def timed_stages(files: list[Path]) -> dict[str, float]:
    """Seconds spent in each stage, and end to end."""
    model = story.load_model()
    with Decoder() as decoder, stopwatches(model) as spent:
        story.analyze(files[0], model=model, decoder=decoder)
        spent.clear()
        begun = time.perf_counter()
        for file in files:
            story.analyze(file, model=model, decoder=decoder)
        whole = time.perf_counter() - begun
    return {"end to end": whole, **spent, "decode and the rest": whole - sum(spent.values())}


@contextmanager
def stopwatches(model: story.EmotionModel) -> Iterator[dict[str, float]]:
    """Time the pipeline's stages by wrapping the names it calls."""
    spent: dict[str, float] = defaultdict(float)
    kept = {name: getattr(listening, name) for names in STAGES.values() for name in names}
    for stage, names in STAGES.items():
        for name in names:
            setattr(listening, name, watched(kept[name], stage, spent))
    model.judge = watched(model.judge, "model", spent)  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        for name, function in kept.items():
            setattr(listening, name, function)
        del model.judge


def watched(target: Callable, stage: str, spent: dict[str, float]) -> Callable:
    """A function, or a class's methods, whose time is added to its stage."""
    if isinstance(target, type):
        methods = {n: m for n, m in vars(target).items() if callable(m) and not n.startswith("_")}
        timed = {name: watched(method, stage, spent) for name, method in methods.items()}
        return type(target.__name__, (target,), timed)

    def call(*args: object, **kwargs: object) -> object:
        begun = time.perf_counter()
        try:
            return target(*args, **kwargs)
        finally:
            spent[stage] += time.perf_counter() - begun

    return call


def timed_egemaps(files: list[Path]) -> float:
    """Seconds that openSMILE takes for its functionals on the same files, decoding left out."""
    sounds = [decode(file).samples for file in files]
    opensmile.egemaps(sounds[0])
    begun = time.perf_counter()
    for sound in sounds:
        opensmile.egemaps(sound)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
