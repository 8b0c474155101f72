"""Where a person's things are: ``SOTTOVOCE_HOME``, else the platform's user data folder."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings, read once and passed on.

    ``home`` holds everything a person owns: models now; journal and settings beside them.
    """

    home: Path

    @property
    def models_folder(self) -> Path:
        """Imported models, one folder each."""
        return self.home / "models"


def read_settings() -> Settings:
    """Settings from the environment.

    >>> isinstance(read_settings().home, Path)
    True
    """
    named = os.environ.get("SOTTOVOCE_HOME")
    if named:
        return Settings(home=Path(named).expanduser())
    from platformdirs import user_data_path

    return Settings(home=user_data_path("sottovoce", appauthor=False))
