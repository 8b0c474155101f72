"""One way of hearing one memo, in a process of its own: ``pipeline``, or a model's name.

Prints one line of JSON: seconds, peak memory, the label of each window.
"""

import json
import sys
import time
from pathlib import Path

MEGABYTE_KB = 1024


def main() -> None:
    """Hear the memo and print what it took."""
    way, folder, memo, threads = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    told = with_pipeline(folder, memo, threads) if way == "pipeline" else ours(way, memo, threads)
    print(json.dumps(told))


def ours(name: str, memo: Path, threads: int) -> dict:
    """End to end, as ``sottovoce analyze`` does it; the model is loaded before."""
    import sottovoce as sv
    from sottovoce.audio.decode import Decoder, Limits

    model = sv.load_model(name)
    with Decoder(Limits(max_duration_s=1e6)) as decoder:
        begun, busy = time.perf_counter(), cpu_s()
        analysis = sv.analyze(memo, model=model, decoder=decoder, threads=threads)
        wall_s, spent_s = time.perf_counter() - begun, cpu_s() - busy
    labels = [max(one.emotions, key=one.emotions.__getitem__) for one in analysis.segments]
    heard_s = sum(one.segment.duration_s for one in analysis.segments)
    return told(wall_s, spent_s, labels, heard_s) | {"given_s": wall_s}


def with_pipeline(folder: Path, memo: Path, threads: int) -> dict:
    """The ordinary pipeline over the windows of our own speech detection.

    ``wall_s`` counts decoding and detection, as a pipeline has none; ``given_s`` leaves them out.
    """
    import torch
    from transformers import pipeline

    from sottovoce.audio.decode import Decoder, Limits
    from sottovoce.models.labels import align_labels
    from sottovoce.speech import find_windows

    torch.set_num_threads(threads)
    hear = pipeline("audio-classification", model=str(folder / "checkpoint"), device="cpu")
    with Decoder(Limits(max_duration_s=1e6)) as decoder:
        begun, busy = time.perf_counter(), cpu_s()
        windows = [window.samples for window in find_windows(decoder.decode(memo).samples)]
    cut_s = time.perf_counter() - begun
    found = [hear(samples, top_k=1)[0]["label"] for samples in windows]
    wall_s, spent_s = time.perf_counter() - begun, cpu_s() - busy
    heard_s = sum(map(len, windows)) / 16_000
    spent = told(wall_s, spent_s, list(align_labels(found)), heard_s)
    return spent | {"given_s": wall_s - cut_s}


def told(wall_s: float, spent_s: float, labels: list[str], heard_s: float) -> dict:
    """What is compared."""
    figures = {"wall_s": wall_s, "cpu_s": spent_s, "peak_mb": peak_mb(), "heard_s": heard_s}
    return figures | {"labels": labels}


def peak_mb() -> float:
    """The most memory this process held, by Linux's own count, without what its parent held."""
    status = Path("/proc/self/status").read_text().splitlines()
    (line,) = [line for line in status if line.startswith("VmHWM:")]
    return float(line.split()[1]) / MEGABYTE_KB


def cpu_s() -> float:
    """CPU seconds of this process; the decoder's child is small beside it."""
    return time.process_time()


if __name__ == "__main__":
    main()
