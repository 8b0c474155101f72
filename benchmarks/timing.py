"""How long a piece of work takes, on the wall and computed, and how much memory it held."""

import resource
import statistics
import time
from collections.abc import Callable, Sequence

Spent = tuple[float, float]


def seconds(work: Callable[[], object]) -> Spent:
    """How long something takes on the wall, and how much of it this process computed."""
    begun_s, computed_s = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun_s, time.process_time() - computed_s


def spread(what: str, spent_s: list[Spent]) -> None:
    """Median and 95th percentile, on the wall and computed, in milliseconds."""
    told = []
    for name, values_s in zip(("wall", "computing"), zip(*spent_s, strict=True), strict=True):
        middle_ms, p95_ms = 1e3 * statistics.median(values_s), 1e3 * p95(values_s)
        told.append(f"{name} p50 {middle_ms:6.1f} p95 {p95_ms:6.1f}")
    print(f"  {what:<50} {'   '.join(told)} ms")


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def timed(what: str, work: Callable[[], object]) -> None:
    """Time of one run, and by how much the most memory ever held grew."""
    before_mb = most_mb()
    wall_s, computed_s = seconds(work)
    print(f"{what}: {wall_s:.1f} s (computing {computed_s:.1f} s)")
    print(f"  most memory ever held: {before_mb:.0f} MB before, {most_mb():.0f} MB after")


def most_mb() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
