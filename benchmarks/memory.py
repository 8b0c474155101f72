"""How much memory: the peak of the listening process and of its decoder, for one hour and for ten.

Run as ``python benchmarks/memory.py [HOURS ...]``. The recording is real speech, repeated, as FLAC.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np
from machine import data_folder, machine

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ

PIECE_S = 600
COMMAND = "sottovoce analyze --json --max-duration 1000000"


def main() -> None:
    """Print a row for each length."""
    hours = [float(word) for word in sys.argv[1:]] or [1.0, 10.0]
    print(machine())
    print(f"{'hours':>6}{'peak of any process, MB':>26}{'x real time':>13}")
    with tempfile.TemporaryDirectory() as folder:
        for length in hours:
            path = Path(folder) / "memo.flac"
            write_memo(path, length)
            seconds, peak_mb = listen(path)
            print(f"{length:>6g}{peak_mb:>26.0f}{length * 3600 / seconds:>13.0f}", flush=True)


def write_memo(path: Path, hours: float) -> None:
    """Clips one after another, for that many hours."""
    clips = sorted((data_folder() / "ravdess" / "flac").glob("*.flac"))[:160]
    piece = np.concatenate([decode(clip).samples for clip in clips])[: PIECE_S * SAMPLE_RATE_HZ]
    piece = (piece * 32767).astype(np.int16).reshape(1, -1)
    with av.open(str(path), "w", format="flac") as out:
        stream = out.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="mono")
        for _ in range(round(hours * 3600 / PIECE_S)):
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE_HZ
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def listen(path: Path) -> tuple[float, float]:
    """Wall seconds, and the largest resident size of the command or its decoder, in MB."""
    begun = time.perf_counter()
    command = [*COMMAND.split(), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.perf_counter() - begun, peak_kb / 1024


if __name__ == "__main__":
    main()
