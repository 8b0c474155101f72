"""What the service bears: memos a second, mixed requests, memory, and lines that hang.

Run as ``python benchmarks/load.py [--requests N] [--rounds N] [--memos N]``. The service is a
process of its own (`sottovoce serve`, two workers), this one is its client, over the loopback.

1. Ten-second memos of real clips through ``POST /v1/analyses``, beside ``analyze_many`` with as
   many processes in the same round, so that what else the machine does weighs on both alike.
2. A thousand mixed requests, one in ten of them bad: no 5xx but 503, and each is answered as it is
   to be.
3. Memory of all processes of the service over many requests, after a warm-up of the same kind.
4. Lines on which half a head or half a body came: closed within 30 seconds.

Ends with 1 where one of the bounds is not kept.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from load_asks import Told, asked, memo_ask, mixed, row, table, wrong
from load_service import Service, serving
from machine import machine
from queued import library, made

WORKERS = 2
LINES = 4
TOLD_RATIO = 0.8
GROWTH_MB = 20.0
PATIENCE_S = 30.0
SAMPLE = Path(__file__).parent.parent / "src" / "sottovoce" / "assets" / "samples" / "even.ogg"
HALF = {
    "nothing": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: 127.0",
    "half a body": b"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b'Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"secret": "',
}


def main() -> None:
    """Print the four parts; the status says whether all bounds were kept."""
    options = asked_for()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        files = made(options.memos, Path(folder))
        with serving(Path(folder) / "home", WORKERS) as service:
            parts = [
                memos(service, files, options.rounds, Path(folder)),
                mixture(service, 1000),
                memory(service, options.requests),
                half_open(service),
            ]
    sys.exit(0 if all(parts) else 1)


def asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Load a service of ours.")
    parser.add_argument("--requests", type=int, default=5000, help="for the memory")
    parser.add_argument("--rounds", type=int, default=5, help="of memos")
    parser.add_argument("--memos", type=int, default=30, help="of each round")
    return parser.parse_args()


def memos(service: Service, files: Sequence[Path], rounds: int, folder: Path) -> bool:
    """Memos a second as a share of the library's, by the wall and by the processors."""
    asks = [memo_ask(file.read_bytes()) for file in files]
    asked(service, asks[: 4 * WORKERS], LINES)
    found: list[Told] = []
    pairs = []
    for _ in range(rounds):
        alone = library(files, WORKERS, folder)
        begun_s, cpu_s = time.perf_counter(), service.cpu_s
        found += asked(service, asks, LINES)
        pairs.append((alone, (time.perf_counter() - begun_s, service.cpu_s - cpu_s)))
    wall = statistics.median(alone[0] / served[0] for alone, served in pairs)
    cpu = statistics.median(alone[1] / served[1] for alone, served in pairs)
    rates = [len(files) / statistics.median(one[way][0] for one in pairs) for way in (0, 1)]
    print(f"ten-second memos, {WORKERS} workers, {LINES} lines, {rounds} rounds of {len(files)}")
    row("  ", "POST /v1/analyses", found)
    print(f"  library {rates[0]:.2f}, service {rates[1]:.2f} memos a second: {wall:.0%} of it")
    print(f"  for the same processor time {cpu:.0%} of the library's memos")
    return wall >= TOLD_RATIO and not wrong(found)


def mixture(service: Service, n: int) -> bool:
    """Mixed requests, one in ten bad."""
    print(f"{n} mixed requests, one in ten bad, 8 lines")
    sound = SAMPLE.read_bytes()
    asked(service, [memo_ask(sound, "/v1/analyses?save=true")], 1)  # for check-ins to stand with
    found = asked(service, mixed(n, 0.1, 0.1, sound, seed=1), 8)
    table(found)
    for told in wrong(found):
        print(f"  not as it is to be: {told.ask.name} was answered {told.status}")
    return not wrong(found)


def memory(service: Service, n: int) -> bool:
    """Growth of the service's processes over ``n`` requests, in megabytes."""
    sound = SAMPLE.read_bytes()
    asked(service, mixed(max(200, n // 5), 0.05, 0.1, sound, seed=2), LINES)
    begun_mb = service.resident_mb
    print(f"memory over {n} requests, 5 % of them memos\n  after the warm-up {begun_mb:.1f} MB")
    for part in range(5):
        asked(service, mixed(n // 5, 0.05, 0.1, sound, seed=3 + part), LINES)
        print(f"  after {(part + 1) * (n // 5):>5} requests {service.resident_mb:.1f} MB")
    grown_mb = service.resident_mb - begun_mb
    print(f"  grown by {grown_mb:.1f} MB")
    return grown_mb < GROWTH_MB


def half_open(service: Service) -> bool:
    """How long lines stay open on which nothing more comes."""
    with ThreadPoolExecutor(len(HALF)) as pool:
        waits_s = list(pool.map(lambda sent: closed_after_s(service, sent), HALF.values()))
    for name, wait_s in zip(HALF, waits_s, strict=True):
        print(f"a line with {name} is closed after {wait_s:.1f} s")
    return max(waits_s) < PATIENCE_S


def closed_after_s(service: Service, sent: bytes) -> float:
    """Seconds until the service closes a line that it is owed bytes on."""
    with service.connect() as line:
        begun_s = time.monotonic()
        line.sendall(sent)
        try:
            while line.recv(4096):
                pass
        except ConnectionResetError:
            pass
        except TimeoutError:
            return float("inf")
        return time.monotonic() - begun_s


if __name__ == "__main__":
    main()
