"""How well and how fast speech is found: references, levels, corpora, noise.

Run as ``python benchmarks/vad.py [EVERY_NTH_CLIP]``. The anchor in each table is the Silero model
alone, at its threshold of one half and the level that the recording has.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from machine import data_folder, machine
from vad_reference import NOTHING, conversations, frame_error, ours, raw_silero

from sottovoce.audio.decode import Decoder
from sottovoce.audio.quality import QualityMeter
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Segment
from sottovoce.speech import SpeechStream, frame_labels

Finder = Callable[[FloatArray], list[Segment]]
FINDERS: dict[str, Finder] = {"Silero alone, 0.5": raw_silero, "Sottovoce": ours}
GAINS_DB = (-20, -40)
CLIPS_FOR_GAIN = 50


def main() -> None:
    """Print the tables."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    folder = data_folder()
    print(machine())
    print_reference(folder / "diar")
    with Decoder() as decoder:
        minute = decoder.decode(next((folder / "vad" / "flac").glob("*.flac"))).samples
        print_speed(minute)
        for corpus in ("ravdess", "nemo"):
            paths = clip_paths(folder / corpus)
            print_levels(corpus, [decoder.decode(path).samples for path in spread(paths)])
        for corpus in ("ravdess", "nemo", "noise"):
            paths = clip_paths(folder / corpus)[::every]
            print_corpus(corpus, (decoder.decode(path).samples for path in paths))
        print_false_positives(folder / "noise", decoder)


def clip_paths(corpus: Path) -> list[Path]:
    """The clips of a corpus in the order of its labels."""
    with (corpus / "labels.csv").open(newline="", encoding="utf-8") as file:
        return [corpus / row["path"] for row in csv.DictReader(file)]


def spread(paths: list[Path]) -> list[Path]:
    """Fifty clips from all over a corpus."""
    return paths[:: max(1, len(paths) // CLIPS_FOR_GAIN)][:CLIPS_FOR_GAIN]


def print_reference(folder: Path) -> None:
    """Frame error against the reference of the conversations."""
    talks = list(conversations(folder))
    print(f"\n{len(talks)} conversations, frames of 10 ms inside the UEM regions")
    print(f"{'':<20}{'missed':>9}{'false':>9}{'frame error':>13}{'of speech':>11}")
    for name, find in FINDERS.items():
        sums = sum((frame_error(talk, find(talk.samples)) for talk in talks), NOTHING)
        shares = (sums.missed / sums.frames, sums.false / sums.frames, sums.ratio)
        print(f"{name:<20}{shares[0]:>9.1%}{shares[1]:>9.1%}{shares[2]:>13.1%}", end="")
        print(f"{sums.detection_error:>11.1%}")


def print_speed(minute: FloatArray) -> None:
    """Speech seconds, and times real time on one thread (CPU time, median of five)."""
    print(f"\none minute of speech and pauses\n{'':<20}{'speech s':>9}{'x real time':>13}")
    for name, find in FINDERS.items():
        costs = [cpu_s(find, minute) for _ in range(5)]
        speech = frame_labels(find(minute), len(minute) // 160).sum() / 100
        rate = len(minute) / SAMPLE_RATE_HZ / float(np.median(costs))
        print(f"{name:<20}{speech:>9.1f}{rate:>13.0f}")


def cpu_s(find: Finder, samples: FloatArray) -> float:
    """Seconds of processor time for one call."""
    begun = time.process_time()
    find(samples)
    return time.process_time() - begun


def print_levels(corpus: str, clips: Sequence[FloatArray]) -> None:
    """What remains of the speech found at 0 dB when the same clips are turned down."""
    print(f"\n{len(clips)} clips of {corpus}, turned down")
    print(f"{'':<20}{'gain dB':>9}{'speech kept':>13}{'frames agree':>14}")
    for name, find in FINDERS.items():
        full = np.concatenate([labels(find, clip) for clip in clips])
        for gain_db in GAINS_DB:
            factor = np.float32(10 ** (gain_db / 20))
            low = np.concatenate([labels(find, clip * factor) for clip in clips])
            kept, agree = (full & low).sum() / full.sum(), (full == low).mean()
            print(f"{name:<20}{gain_db:>9}{kept:>13.1%}{agree:>14.1%}")


def labels(find: Finder, samples: FloatArray) -> np.ndarray:
    """Speech or not, each 10 ms."""
    return frame_labels(find(samples), len(samples) // 160)


def print_corpus(corpus: str, clips: Iterator[FloatArray]) -> None:
    """Windows in a clip, verdicts, and the least speech."""
    windows: Counter[int] = Counter()
    verdicts: Counter[str] = Counter()
    least_s = np.inf
    for clip in clips:
        stream, meter = SpeechStream(), QualityMeter()
        windows[len(stream.push(clip) + stream.finish())] += 1
        meter.push(clip)
        quality = meter.finish(stream.segments)
        verdicts[quality.verdict] += 1
        least_s = min(least_s, quality.speech_s)
    print(f"\n{corpus}: {sum(windows.values())} clips")
    print(f"  windows in a clip {dict(sorted(windows.items()))}")
    print(f"  verdicts {dict(verdicts)}; least speech {least_s:.2f} s")


def print_false_positives(folder: Path, decoder: Decoder) -> None:
    """Noise clips in which speech is found, by their class."""
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = [(row["class"], folder / row["path"]) for row in csv.DictReader(file)]
    sounds = [(kind, decoder.decode(path).samples) for kind, path in rows]
    print(f"\n{len(sounds)} noise clips in which at least 0.5 s of speech is found")
    for name, find in FINDERS.items():
        found = [kind for kind, clip in sounds if labels(find, clip).sum() >= 50]
        print(f"{name:<20}{len(found):>4}  {dict(Counter(found))}")


if __name__ == "__main__":
    main()
