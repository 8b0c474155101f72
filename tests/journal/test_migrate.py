"""Every schema leads to every other, with what was in it, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from journals import memo
from sottovoce.journal.changing import TABLES
from sottovoce.journal.engine import Place, open_place
from sottovoce.journal.errors import JournalError, SchemaNewerError
from sottovoce.journal.migrate import bring_up, config_for, migrate, revision_of
from sottovoce.journal.schema import HEAD, Base
from sottovoce.journal.store import Journal, open_journal


def revisions(folder: Path) -> list[str]:
    """All of them, the oldest first."""
    place = open_place(f"sqlite:///{folder / 'any.db'}")
    with place.engine.connect() as connection:
        script = ScriptDirectory.from_config(config_for(connection))
    place.engine.dispose()
    return [found.revision for found in script.walk_revisions()][::-1]


def tables(place: Place) -> set[str]:
    with place.transaction() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def revision(place: Place) -> str | None:
    with place.transaction() as connection:
        return revision_of(connection)


@pytest.fixture
def place(url: str) -> Iterator[Place]:
    found = open_place(url)
    yield found
    found.engine.dispose()


def test_there_is_one_newest_schema_and_the_program_knows_it(tmp_path: Path) -> None:
    found = revisions(tmp_path)
    assert found[-1] == HEAD
    assert found == sorted(found)


def test_migrations_make_what_the_models_say(place: Place) -> None:
    bring_up(place)
    with place.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_all_of_the_way_down_and_up_again(place: Place) -> None:
    bring_up(place)
    migrate(place, "base")
    assert tables(place) == set()
    bring_up(place)
    assert tables(place) == {str(table.__tablename__) for table in TABLES}  # type: ignore[attr-defined]


@pytest.mark.parametrize("first", ["0001"])
def test_from_every_older_schema_entries_come_along(place: Place, first: str) -> None:
    bring_up(place)
    migrate(place, first)
    assert revision(place) == first
    older = Journal(place, "ada")
    kept = older.add(memo(1, note="of old")).entry
    bring_up(place)
    assert revision(place) == HEAD
    assert Journal(place, "ada").entry(kept.id) == kept


def test_down_keeps_the_entries(place: Place) -> None:
    bring_up(place)
    kept = Journal(place, "ada").add(memo(1)).entry
    migrate(place, "0001")
    assert Journal(place, "ada").entry(kept.id) == kept


def test_a_newer_schema_is_refused_and_left_as_it_is(url: str) -> None:
    with open_journal(url, "ada") as journal:
        journal.add(memo(1))
        with journal.place.transaction() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaNewerError, match="newer sottovoce"), open_journal(url, "ada"):
        pass
    place = open_place(url)
    assert revision(place) == "9999"
    assert Journal(place, "ada").count() == 1
    place.engine.dispose()


def test_a_failing_migration_changes_nothing(place: Place) -> None:
    bring_up(place)
    migrate(place, "0001")
    before = tables(place)
    with place.transaction(begin="BEGIN IMMEDIATE") as connection:
        connection.execute(text("CREATE TABLE sound_chunks (x INTEGER)"))
    with pytest.raises(JournalError):
        bring_up(place)
    assert tables(place) == before | {"sound_chunks"}
    assert revision(place) == "0001"
