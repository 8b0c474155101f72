"""Sottovoce: a private voice barometer. Importing it does nothing.

``sottovoce.analyze("memo.m4a")`` says how the voice sounded; the names below are the whole door.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sottovoce.analysis.pipeline import analyze, load_model
    from sottovoce.audio.decode import decode

__all__ = ["__version__", "analyze", "decode", "load_model"]

_HOMES = {
    "analyze": "sottovoce.analysis.pipeline",
    "decode": "sottovoce.audio.decode",
    "load_model": "sottovoce.analysis.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public function when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sottovoce' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
