"""The file that keeps what a person chose about alerts: ``alerts.json`` in the home folder.

Addresses in it may hold passwords, so only its owner may read it.
"""

import json
from pathlib import Path

from sottovoce.alerting.files import put_json
from sottovoce.errors import SottovoceError
from sottovoce.insights.alerts.choices import Choices, from_json, to_json

FILE_NAME = "alerts.json"


class ChoicesError(SottovoceError):
    """The kept choices cannot be read or written."""

    type = "alert_choices"


def read_choices(home: Path) -> Choices:
    """The kept choices; the defaults, with every rule off, where none were kept."""
    path = home / FILE_NAME
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Choices()
    except (ValueError, KeyError, TypeError, AttributeError, SottovoceError) as trouble:
        raise ChoicesError(
            f"'{path}' does not hold choices about alerts; correct or remove it"
        ) from trouble
    except OSError as trouble:
        raise ChoicesError(f"'{path}' cannot be read: {trouble.strerror}") from trouble


def keep_choices(home: Path, choices: Choices) -> None:
    """Put the choices in place of the old ones, whole or not at all."""
    try:
        put_json(home / FILE_NAME, to_json(choices))
    except OSError as trouble:
        raise ChoicesError(
            f"'{home / FILE_NAME}' cannot be written: {trouble.strerror}"
        ) from trouble
