"""A journal on SQLite and on a real PostgreSQL, with made analyses in it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from databases import fresh_postgres_url, postgres_template, postgres_url, url  # noqa: F401
from journals import Clock, Forgetful, Opener
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.store import Journal, open_journal


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def locksmith(tmp_path: Path) -> Locksmith:
    """Keys from a keyring that forgets."""
    folder, keyring = tmp_path / "keys", Forgetful()
    folder.mkdir()
    return Locksmith(folder, keyring=lambda: keyring)


@pytest.fixture
def opened(url: str, clock: Clock, locksmith: Locksmith) -> Opener:  # noqa: F811
    """Opens the journal of an owner on either database."""
    return partial(open_journal, url, clock=clock, locksmith=locksmith, patience_s=2.0)


@pytest.fixture
def journal(opened: Opener) -> Iterator[Journal]:
    """The journal of Ada."""
    with opened("ada") as found:
        yield found
