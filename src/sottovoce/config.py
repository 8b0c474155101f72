"""Where a person's things are: ``SOTTOVOCE_HOME``, else the platform's user data folder."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings, read once and passed on.

    ``home`` holds everything a person owns: models and the journal. ``journal_server`` is the
    address of a PostgreSQL journal (``SOTTOVOCE_JOURNAL``), None for the file in ``home``;
    ``owner`` says whose journal it is (``SOTTOVOCE_OWNER``), on one's own machine "me".
    """

    home: Path
    journal_server: str | None = None
    owner: str = "me"

    @property
    def models_folder(self) -> Path:
        """Imported models, one folder each."""
        return self.home / "models"

    @property
    def recordings_folder(self) -> Path:
        """Sound while it is recorded, and what a crash left of it."""
        return self.home / "recordings"

    @property
    def journal_file(self) -> Path:
        """Where the journal of one person is, when it is not on a server."""
        return self.home / "journal.db"

    @property
    def journal_url(self) -> str:
        """Where the journal is, as a database address."""
        return self.journal_server or f"sqlite:///{self.journal_file}"


def read_settings() -> Settings:
    """Settings from the environment.

    >>> isinstance(read_settings().home, Path)
    True
    """
    return Settings(
        home=home_folder(),
        journal_server=os.environ.get("SOTTOVOCE_JOURNAL") or None,
        owner=os.environ.get("SOTTOVOCE_OWNER") or "me",
    )


def home_folder() -> Path:
    """``SOTTOVOCE_HOME``, else the platform's folder for a user's data."""
    named = os.environ.get("SOTTOVOCE_HOME")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("sottovoce", appauthor=False)
