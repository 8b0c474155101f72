"""What an imported model is called."""

import re

from sottovoce.errors import ModelError
from sottovoce.models.registry import DEFAULT_MODEL

GOOD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def model_name(wished: str | None, source: str) -> str:
    """The name wished for, else the last part of the source's.

    >>> model_name(None, "superb/wav2vec2-base-superb-er")
    'wav2vec2-base-superb-er'

    Raises
    ------
    ModelError
        It is no good name for a folder, or that of the embedded model.
    """
    name = wished or source.rstrip("/").rsplit("/", 1)[-1]
    if not GOOD.fullmatch(name):
        raise ModelError(
            f"'{name}' is no name for a model; use letters, digits, dot, dash with --name"
        )
    if name == DEFAULT_MODEL:
        raise ModelError(f"'{name}' is the embedded model; give another name with --name")
    return name
