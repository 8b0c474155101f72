"""The one door to Keras: on torch unless ``KERAS_BACKEND`` names another."""

import os
from typing import Any

from sottovoce.errors import MissingExtraError

HOW = "a model of risk is trained with Keras and torch: pip install 'sottovoce[risk]'"


def open_keras() -> Any:
    """Import Keras.

    Raises
    ------
    MissingExtraError
        It is not installed.
    """
    os.environ.setdefault("KERAS_BACKEND", "torch")
    try:
        import keras
    except ImportError as missing:
        raise MissingExtraError(HOW) from missing
    return keras
