"""The whole API, fuzzed from its own description: examples, coverage, fuzzing, stateful."""

import os
import subprocess
import sys
from pathlib import Path

from journals import run
from services import Started

HERE = Path(__file__).parent
PHASES = "examples,coverage,fuzzing,stateful"
EXAMPLES = "8"  # for each address and phase; enough to take less than a minute and a half

WIDTH = 300  # of a line: a body that was made up may have a hundred thousand letters


def shortened(told: str) -> str:
    """What it found, without the length of its bodies."""
    return "\n".join(line[:WIDTH] for line in told.splitlines())[-8000:]


def test_the_api_is_what_it_says(real: Started, tmp_path: Path) -> None:
    filled = run("demo", "--no-serve", home=real.home)
    assert filled.returncode == 0, filled.stderr
    command = [
        str(Path(sys.executable).parent / "st"),
        *("--config-file", str(HERE / "schemathesis.toml")),
        *("run", f"{real.url}/openapi.json"),
        *("--header", f"Authorization: Bearer {real.token}"),
        *("--phases", PHASES, "--checks", "all", "--max-examples", EXAMPLES),
        *("--seed", "5150", "--continue-on-failure"),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
    found = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert found.returncode == 0, shortened(found.stdout) + found.stderr[-2000:]
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert f"✅  {phase}" in found.stdout, found.stdout
