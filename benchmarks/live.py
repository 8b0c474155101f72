"""How soon a partial comes when many speak at once, and what an hour of speech costs.

``python benchmarks/live.py [STREAMS] [SECONDS]``: so many sessions hear the shipped samples in real
time, in frames of a tenth of a second, on two threads; then one hears an hour as fast as it can.
"""

import argparse
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np
from machine import machine

import sottovoce as sv
from sottovoce.analysis.events import Partial
from sottovoce.analysis.live import LiveSession
from sottovoce.analysis.live_limits import LiveLimits
from sottovoce.models.judge import Judge
from sottovoce.runtime import ASSETS

FRAME_S, SECOND_BYTES = 0.1, 32_000
FRAME_BYTES = round(FRAME_S * SECOND_BYTES)
THREADS = 2


def spoken(duration_s: float) -> bytes:
    """The samples over and over, as PCM16."""
    memos = [sv.decode(memo).samples for memo in sorted((ASSETS / "samples").glob("*.ogg"))]
    pcm = np.round(np.concatenate(memos) * 32_767).astype("<i2").tobytes()
    return (pcm * (1 + round(duration_s * SECOND_BYTES) // len(pcm)))[
        : round(duration_s * SECOND_BYTES)
    ]


class Speaker:
    """One session and how late its partials were, in seconds after the sound was there."""

    def __init__(self, model: Judge, pcm: bytes, offset_s: float) -> None:
        self.session, self.late_s, self._turn = LiveSession("s", model), list[float](), Lock()
        self.session.start()
        self._pcm, self._at, self._offset_s = pcm, 0, offset_s

    def speak(self, begun_s: float) -> None:
        """Feed what was spoken until now."""
        with self._turn:
            now_s = time.perf_counter() - begun_s - self._offset_s
            until = min(int(now_s / FRAME_S) * FRAME_BYTES, len(self._pcm))
            while self._at < until:
                frame = self._pcm[self._at : self._at + FRAME_BYTES]
                self._at += FRAME_BYTES
                partials = [e for e in self.session.feed(frame) if isinstance(e, Partial)]
                done_s = time.perf_counter() - begun_s - self._offset_s
                self.late_s += [done_s - self._at / SECOND_BYTES for _ in partials]


def at_once(model: Judge, n_streams: int, duration_s: float) -> None:
    """So many speakers in real time."""
    pcm, random = spoken(duration_s), np.random.default_rng(0)
    speakers = [Speaker(model, pcm, offset) for offset in random.uniform(0, 1, n_streams)]
    begun_s, cpu_s = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(THREADS) as pool:
        while time.perf_counter() - begun_s < duration_s + 2:
            list(pool.map(lambda speaker: speaker.speak(begun_s), speakers))
            time.sleep(0.01)
    late_ms = np.concatenate([speaker.late_s for speaker in speakers]) * 1_000
    cpu = (time.process_time() - cpu_s) / duration_s
    p50, p95, p99 = np.percentile(late_ms, [50, 95, 99])
    print(f"{n_streams} streams, {len(late_ms)} partials, {cpu:.2f} cores: p50 {p50:.0f} ms, ")
    print(f"  p95 {p95:.0f} ms, p99 {p99:.0f} ms, largest {late_ms.max():.0f} ms")


def one_hour(model: Judge) -> None:
    """An hour of speech, as fast as it can be heard."""
    session, pcm = LiveSession("hour", model, limits=LiveLimits(max_duration_s=3_600)), spoken(600)
    session.start()
    cpu_s = time.process_time()
    for at in range(0, 6 * len(pcm), FRAME_BYTES):
        place = at % len(pcm)
        session.feed(pcm[place : place + FRAME_BYTES])
        if at == len(pcm):
            print(f"after ten minutes: {peak_mb():.0f} MB at most")
    session.finish()
    cpu_s = time.process_time() - cpu_s
    print(
        f"an hour: {cpu_s:.0f} s of one core ({3_600 / cpu_s:.0f} x real time), {peak_mb():.0f} MB"
    )


def asked_for() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        description="How soon a partial comes when many speak at once."
    )
    parser.add_argument("streams", nargs="?", type=int, default=10, help="sessions at once")
    parser.add_argument("seconds", nargs="?", type=int, default=60, help="of sound in each")
    return parser.parse_args()


def peak_mb() -> float:
    """The most memory the process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    asked = asked_for()
    print(machine())
    model = sv.load_model()
    at_once(model, asked.streams, asked.seconds)
    one_hour(model)
