"""How soon partials come over the socket when many speak at once, and what it costs the service.

``python benchmarks/live_socket.py [STREAMS] [SECONDS] [RUNS]``: `sottovoce serve` is one process;
this one is the other, and sends so many streams of real clips at real time, in frames of a tenth of
a second, each begun at another moment. A partial is late from when the last of its sound was sent
until it is here. How long the event loop is held up is told by how late `/healthz` answers, asked
each twentieth of a second. Exit status 1 where the 95th percentile of partials is 500 ms or more.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import numpy as np
from machine import data_folder, machine
from queued import family_cpu_s
from websockets.asyncio.client import connect

from sottovoce.audio.decode import Decoder

FRAME_S, SECOND_BYTES, PORT = 0.1, 32_000, 18_377
FRAME_BYTES = round(FRAME_S * SECOND_BYTES)
PROMISED_MS = 500


@dataclass
class Heard:
    """What was measured: seconds each."""

    partials_s: list[float] = field(default_factory=list)
    answers_s: list[float] = field(default_factory=list)
    summaries: int = 0


def spoken(duration_s: float, stream: int) -> bytes:
    """Real clips one after another, other ones for each stream, as PCM16."""
    clips = sorted((data_folder() / "ravdess" / "flac").glob("*.flac"))
    parts, n_bytes = [], round(duration_s * SECOND_BYTES)
    with Decoder() as decoder:
        while sum(map(len, parts)) < n_bytes:
            clip = clips[(97 * stream + len(parts)) % len(clips)]
            samples = decoder.decode(clip).samples
            parts.append(np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2"))
            parts[-1] = parts[-1].tobytes()
    return b"".join(parts)[:n_bytes]


async def speak(token: str, pcm: bytes, wait_s: float, heard: Heard) -> None:
    """One stream at real time, then `stop`."""
    await asyncio.sleep(wait_s)
    shown = {"Authorization": f"Bearer {token}"}
    url = f"ws://127.0.0.1:{PORT}/v1/live"
    async with connect(url, additional_headers=shown, compression=None, proxy=None) as line:
        begun_s, sent_s = time.perf_counter(), list[float]()
        listening = asyncio.create_task(listen(line, sent_s, heard))
        for at in range(0, len(pcm), FRAME_BYTES):
            due_s = begun_s + (at + FRAME_BYTES) / SECOND_BYTES
            await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
            sent_s.append(time.perf_counter())
            await line.send(pcm[at : at + FRAME_BYTES])
        await line.send('{"type": "stop"}')
        await listening


async def listen(line: object, sent_s: list[float], heard: Heard) -> None:
    """Note how late each partial is."""
    async for text in line:  # type: ignore[attr-defined]
        now_s, event = time.perf_counter(), json.loads(text)
        if event["type"] == "partial":
            heard.partials_s.append(now_s - sent_s[round(event["time_s"] / FRAME_S) - 1])
        heard.summaries += event["type"] == "summary"


async def knock(heard: Heard) -> None:
    """Ask again and again whether it is alive."""
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{PORT}") as client:
        while True:
            begun_s = time.perf_counter()
            (await client.get("/healthz")).raise_for_status()
            heard.answers_s.append(time.perf_counter() - begun_s)
            await asyncio.sleep(0.05)


async def at_once(token: str, streams: list[bytes]) -> Heard:
    """All streams, and somebody who knocks."""
    heard, random = Heard(), np.random.default_rng(0)
    knocking = asyncio.create_task(knock(heard))
    waits_s = random.uniform(0, 1, len(streams))
    await asyncio.gather(
        *(speak(token, pcm, wait, heard) for pcm, wait in zip(streams, waits_s, strict=True))
    )
    knocking.cancel()
    return heard


def resident_mb(pid: int) -> float:
    """Memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def told(name: str, values_s: list[float]) -> float:
    """Print the percentiles; returns the 95th, in milliseconds."""
    p50, p95, p99 = np.percentile(np.array(values_s) * 1_000, [50, 95, 99])
    print(f"  {name}: {len(values_s)}, p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms")
    return float(p95)


def serve(home: Path) -> subprocess.Popen[bytes]:
    """Start the service, and wait until it is ready."""
    command = [str(Path(sys.executable).parent / "sottovoce"), "serve", "--port", str(PORT)]
    environment = {**os.environ, "SOTTOVOCE_HOME": str(home), "OMP_NUM_THREADS": "1"}
    service = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    for _ in range(1_200):
        try:
            httpx2.get(f"http://127.0.0.1:{PORT}/readyz").raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return service
    raise TimeoutError("the service did not start")


def asked_for() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="How soon partials come over the socket.")
    parser.add_argument("streams", nargs="?", type=int, default=10, help="at once")
    parser.add_argument("seconds", nargs="?", type=int, default=60, help="of sound in each")
    parser.add_argument("runs", nargs="?", type=int, default=1, help="one after another")
    return parser.parse_args()


def main() -> None:
    """Print a table."""
    asked = asked_for()
    n_streams, duration_s, runs = asked.streams, asked.seconds, asked.runs
    print(machine())
    streams = [spoken(duration_s, number) for number in range(n_streams)]
    with tempfile.TemporaryDirectory() as folder:
        service, late = serve(Path(folder)), list[float]()
        token = (Path(folder) / "token").read_text().strip()
        try:
            for _ in range(runs):
                begun_mb, cpu_s = resident_mb(service.pid), family_cpu_s(service.pid)
                heard = asyncio.run(at_once(token, streams))
                cores = (family_cpu_s(service.pid) - cpu_s) / duration_s
                print(f"{n_streams} streams of {duration_s} s, {heard.summaries} summaries")
                late.append(told("partials", heard.partials_s))
                told("answers of /healthz", heard.answers_s)
                ended_mb = resident_mb(service.pid)
                print(f"  {cores:.2f} cores; memory {begun_mb:.0f} MB, then {ended_mb:.0f} MB")
        finally:
            service.terminate()
            service.wait(60)
    sys.exit(0 if float(np.median(late)) < PROMISED_MS else 1)


if __name__ == "__main__":
    main()
