"""How quick from cold, and how large: a ten-second memo, ``--help``, and the base install.

Run as ``python benchmarks/startup.py [--install]``; with ``--install`` a bare environment is made
to weigh the base install.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import machine

ROUNDS = 7
ROOT = Path(__file__).parent.parent
MEMO = ROOT / "src" / "sottovoce" / "assets" / "samples" / "even.ogg"


def main() -> None:
    """Print the medians."""
    print(machine())
    for words in (["--help"], ["analyze", str(MEMO)], ["analyze", "--json", str(MEMO)]):
        print(f"sottovoce {words[0]:<10} {' '.join(words[1:-1]):<8} {median_s(words):.2f} s")
    if "--install" in sys.argv[1:]:
        print(f"base install {installed_mb():.0f} MB, without torch")


def median_s(words: list[str]) -> float:
    """Median wall time of a command over seven runs."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run(["sottovoce", *words], check=True, stdout=subprocess.DEVNULL)
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def installed_mb() -> float:
    """Size of the site-packages of a bare environment with the base install, pip left out."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "--quiet", "install"]
        subprocess.run([*pip, str(ROOT)], check=True)
        packages = next(Path(folder).glob("lib/python*/site-packages"))
        names = {path.name for path in packages.iterdir()}
        if "torch" in names:
            raise SystemExit("torch is in the base install")
        sizes = [
            file.stat().st_size
            for file in packages.rglob("*")
            if file.is_file() and not file.relative_to(packages).parts[0].startswith("pip")
        ]
    return sum(sizes) / 1e6


if __name__ == "__main__":
    main()
