"""The experiment log: one line of JSON a run, only ever added to, failures kept.

Read it with any tool that reads JSON lines. A run that ends in an error is written down as well,
with its reason: what did not work is half of what was learnt.
"""

import json
import math
import os
import time
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from sottovoce.training.errors import RunLogError

PACKAGES = ("sottovoce", "numpy", "scipy", "scikit-learn", "torch", "onnx", "onnxruntime", "av")

Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. ``figures`` are its results by name; ``error`` says why a failed one failed."""

    recipe: str
    recipe_sha256: str
    seed: int
    started_at: str
    elapsed_s: float
    status: Literal["ok", "failed"]
    figures: Figures = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None
    note: str | None = None


def append_run(file: Path, record: RunRecord) -> None:
    """Add one line; two processes may do so at once, and a killed one leaves no half line.

    A figure that is not a number (an accuracy over no clips) is written as null.
    """
    row = asdict(record) | {"figures": _writable(record.figures)}
    line = json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(opened, line.encode())
        os.fsync(opened)
    finally:
        os.close(opened)


def read_runs(file: Path) -> tuple[RunRecord, ...]:
    """All runs, oldest first; none where there is no log yet.

    Raises
    ------
    RunLogError
        A line is not a record; the sentence names it.
    """
    if not file.exists():
        return ()
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    return tuple(_record(line, number, file) for number, line in lines if line.strip())


@contextmanager
def logged_run(
    file: Path, recipe: str, recipe_sha256: str, seed: int
) -> Iterator[MutableMapping[str, float | None]]:
    """Run a block and write it down, however it ends.

    Yields
    ------
    dict
        Put figures into it as they come; what was there when the block failed is kept.
    """
    figures: dict[str, float | None] = {}
    started_at, start_s = datetime.now(UTC), time.monotonic()

    def write(status: Literal["ok", "failed"], error: str | None) -> None:
        elapsed_s = round(time.monotonic() - start_s, 3)
        record = RunRecord(
            recipe, recipe_sha256, seed, started_at.isoformat(), elapsed_s, status, figures,
            versions(), error,
        )  # fmt: skip
        append_run(file, record)

    try:
        yield figures
    except BaseException as trouble:
        write("failed", f"{type(trouble).__name__}: {trouble}")
        raise
    write("ok", None)


def versions() -> dict[str, str]:
    """The installed versions of what a result depends on."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _writable(figures: Figures) -> dict[str, float | None]:
    return {
        name: value if value is not None and math.isfinite(value) else None
        for name, value in figures.items()
    }


def _record(line: str, number: int, file: Path) -> RunRecord:
    try:
        return RunRecord(**json.loads(line))
    except (json.JSONDecodeError, TypeError) as trouble:
        raise RunLogError(f"'{file}' line {number} is not a run: {trouble}") from trouble
