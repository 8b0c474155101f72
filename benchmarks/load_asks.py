"""What is asked of a loaded service: good requests of every kind, and bad ones; and their times."""

import http.client
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import local

from load_service import Service

BOUNDARY = "a-boundary-of-the-benchmark"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
HEARD = ("/v1/analyses", "/v1/analyses?save=true", "/analyze-stress")
LOST = 0


@dataclass(frozen=True)
class Ask:
    """One request; ``expected`` are the statuses that are right."""

    name: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    expected: frozenset[int] = frozenset({200})


@dataclass(frozen=True)
class Told:
    """How a request was answered: its status, 0 where the line broke, and after how long."""

    ask: Ask
    status: int
    elapsed_s: float


def form(sound: bytes, name: str = "file") -> bytes:
    """A form with one file."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="a"\r\n\r\n'
    return head.encode() + sound + f"\r\n--{BOUNDARY}--\r\n".encode()


def memo_ask(sound: bytes, path: str = "/v1/analyses") -> Ask:
    return Ask("memo", "POST", path, {"Content-Type": FORM}, form(sound), frozenset({200, 201}))


def cheap_asks() -> list[Ask]:
    """Good requests that hear nothing."""
    checkin = json.dumps({"valence": 4}).encode()
    as_json = {"Content-Type": "application/json"}
    reads = ("entries?limit=20", "trends", "patterns", "alerts", "models", "checkins", "tokens")
    return [
        *(Ask(path.partition("?")[0], "GET", f"/v1/{path}") for path in reads),
        Ask("healthz", "GET", "/healthz"),
        Ask("readyz", "GET", "/readyz"),
        Ask("metrics", "GET", "/metrics"),
        Ask("check-in", "POST", "/v1/checkins", as_json, checkin, frozenset({201})),
    ]


def bad_asks(sound: bytes) -> list[Ask]:
    """Requests that are to be refused, each in its own way."""

    def bad(name: str, status: int, path: str, method: str = "GET", **more: object) -> Ask:
        return Ask(name, method, path, expected=frozenset({status}), **more)  # type: ignore[arg-type]

    upload = {"Content-Type": FORM}
    return [
        bad("hostile host", 421, "/v1/entries", headers={"Host": "evil.example"}),
        bad("hostile origin", 403, "/v1/tickets", "POST", headers={"Origin": "http://evil.test"}),
        bad("wrong token", 401, "/v1/entries", headers={"Authorization": "Bearer sv_wrong"}),
        bad("no audio", 415, "/v1/analyses", "POST", headers=upload, body=form(b"words" * 99)),
        bad("torn audio", 422, "/v1/analyses", "POST", headers=upload, body=form(b"fLaC" * 99)),
        bad("cut memo", 200, "/v1/analyses", "POST", headers=upload, body=form(sound[:9000])),
        bad("no file", 422, "/v1/analyses", "POST", headers=upload, body=form(sound, "other")),
        bad("too large", 413, "/v1/checkins", "POST", body=bytes(100_000)),
        bad("wrong type", 415, "/v1/checkins", "POST", headers={"Content-Type": "text/plain"}),
        bad("deep json", 400, "/v1/checkins", "POST", **deep_json()),
        bad("unknown entry", 404, f"/v1/entries/{'0' * 16}"),
        bad("unknown job", 404, f"/v1/jobs/{'0' * 32}"),
        bad("unknown address", 404, "/v1/nothing"),
        bad("unknown method", 405, "/v1/trends", "DELETE"),
    ]


def deep_json() -> dict[str, object]:
    return {"headers": {"Content-Type": "application/json"}, "body": b"[" * 5000 + b"]" * 5000}


def mixed(n: int, memos: float, bad: float, sound: bytes, seed: int) -> list[Ask]:
    """``n`` requests in any order; shares of memos to be heard and of bad ones, 0..1."""
    rng = random.Random(seed)
    n_bad, n_memos = round(n * bad), round(n * memos)
    asks = [rng.choice(bad_asks(sound)) for _ in range(n_bad)]
    asks += [memo_ask(sound, rng.choice(HEARD)) for _ in range(n_memos)]
    asks += [rng.choice(cheap_asks()) for _ in range(n - len(asks))]
    rng.shuffle(asks)
    return asks


class Asker:
    """Sends requests over lines that are kept open, one for each thread."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._mine = local()

    def tell(self, ask: Ask) -> Told:
        """Send a request and read its answer to the end."""
        begun_s = time.perf_counter()
        status = self._status(ask)
        return Told(ask, status, time.perf_counter() - begun_s)

    def _status(self, ask: Ask) -> int:
        for fresh in (False, True):  # a line that was closed while idle is no fault
            line = self._line(fresh)
            try:
                token = {"Authorization": f"Bearer {self.service.token}"}
                with suppress(BrokenPipeError):  # refused before all was sent: the answer is there
                    line.request(ask.method, ask.path, ask.body or None, {**token, **ask.headers})
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                line.close()
                continue
            return answer.status
        return LOST

    def _line(self, fresh: bool) -> http.client.HTTPConnection:
        line: http.client.HTTPConnection | None = getattr(self._mine, "line", None)
        if line is None or fresh:
            line = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=120)
            self._mine.line = line
        return line


def asked(service: Service, asks: Iterable[Ask], threads: int) -> list[Told]:
    """All requests, ``threads`` of them at a time."""
    asker = Asker(service)
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(asker.tell, asks))


def table(found: Sequence[Told]) -> None:
    """Times in milliseconds of each kind, and how many were answered how."""
    print(f"  {'':<16} {'n':>5} {'p50':>8} {'p95':>8} {'p99':>8} ms  answers")
    for name in dict.fromkeys(sorted(told.ask.name for told in found)):
        row("  ", name, [told for told in found if told.ask.name == name])
    row("  ", "all", found)


def row(indent: str, name: str, found: Sequence[Told]) -> None:
    times_ms = sorted(1e3 * told.elapsed_s for told in found)
    cuts = statistics.quantiles(times_ms, n=100, method="inclusive") if len(found) > 1 else None
    p50, p95, p99 = (cuts[49], cuts[94], cuts[98]) if cuts else times_ms * 3
    counts = Counter(told.status for told in found)
    said = " ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
    print(f"{indent}{name:<16} {len(found):>5} {p50:>8.1f} {p95:>8.1f} {p99:>8.1f}     {said}")


def wrong(found: Iterable[Told]) -> list[Told]:
    """Those that were not answered as they are to be; 503 is honest."""
    return [told for told in found if told.status not in told.ask.expected | {503}]
