"""What a figure was measured on: every benchmark prints this first."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("sottovoce", "numpy", "onnxruntime", "av", "opensmile", "praat-parselmouth")


def machine() -> str:
    """Processor, cores, system and the versions that matter, in three lines."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":")[1].strip() if names else model
    versions = ", ".join(f"{name} {found}" for name in PACKAGES if (found := version_of(name)))
    return (
        f"machine: {model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}\n"
        f"python {platform.python_version()}; {versions}\n"
        f"threads: OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'unset')}"
    )


def version_of(package: str) -> str | None:
    """The installed version, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def data_folder() -> Path:
    """The folder of real recordings: $SOTTOVOCE_DATA, or ``shared/data`` beside the repository."""
    beside = Path(__file__).parent.parent.parent / "shared" / "data"
    return Path(os.environ.get("SOTTOVOCE_DATA", beside))
