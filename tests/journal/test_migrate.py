"""Every schema leads to every other, with what was in it, on both databases."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from journals import START, analysis, memo, moment
from sottovoce.entries import Entry
from sottovoce.journal.changing import TABLES, Memo, put_entries
from sottovoce.journal.engine import Place, open_place
from sottovoce.journal.errors import JournalError, SchemaNewerError
from sottovoce.journal.measures import find_heard
from sottovoce.journal.migrate import bring_up, config_for, migrate, revision_of
from sottovoce.journal.owned import Owned
from sottovoce.journal.rows import analysis_values, entry_values
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


def put_as_of_old(place: Place, entry: Entry) -> None:
    """An entry as an older schema holds it: in the columns it has, its quality in no gist."""
    values = entry_values(entry) | {
        "owner": entry.owner,
        "recorded_at": int(entry.recorded_at.utc.timestamp() * 1e6),
        "added_at": int(entry.added_at.timestamp() * 1e6),
    }
    gist = json.loads(values["gist"])
    values["gist"] = json.dumps({name: gist[name] for name in gist if name != "quality"})
    has = {column["name"] for column in inspect(place.engine).get_columns("entries")}
    names = sorted(has & values.keys())
    marks = ", ".join(f":{name}" for name in names)
    head = text(f"INSERT INTO entries ({', '.join(names)}) VALUES ({marks})")
    whole = text("INSERT INTO analyses (owner, entry_id, body) VALUES (:owner, :entry_id, :body)")
    with place.transaction() as connection:
        Owned.enter(connection, entry.owner)
        connection.execute(head, {name: values[name] for name in names})
        connection.execute(whole, {"owner": entry.owner, **analysis_values(entry)})


@pytest.mark.parametrize("first", ["0001", "0002", "0008"])
def test_from_every_older_schema_entries_come_along(place: Place, first: str) -> None:
    migrate(place, first)
    assert revision(place) == first
    poor = Memo({**analysis(2), "status": "unusable"}, moment(2))
    noisy = {"emotions": {"sad": 0.3}, "quality": {"verdict": "poor", "snr_db": 4.0}}
    sounded = Memo({**analysis(1, 0.1 + 0.2), **noisy}, moment(1), note="of old")
    kept = [sounded.entry("ada", START), poor.entry("ada", START)]
    others = memo(1, stress=0.7).entry("grace", START)
    for entry in (*kept, others):
        put_as_of_old(place, entry)
    bring_up(place)
    assert revision(place) == HEAD
    assert list(Journal(place, "ada").entries(whole=True)) == kept
    assert readings(place, "ada", "stress") == [0.1 + 0.2]
    assert readings(place, "ada", "emotion_sad") == [0.3]
    assert readings(place, "ada", "emotion_calm") == []
    assert readings(place, "grace", "stress") == [0.7]
    [listed] = Journal(place, "ada").latest(1)
    older = Journal(place, "ada").latest(2)[1]
    assert (older.measure("emotion_sad"), older.quality) == (0.3, "poor")
    assert listed.measure("emotion_sad") is None


def readings(place: Place, owner: str, measure: str) -> list[float]:
    """What insights read of an owner."""
    with Journal(place, owner).reading() as owned:
        return find_heard(owned, measure).values.tolist()


def test_many_entries_come_along(place: Place) -> None:
    """More than are filled at a time."""
    bring_up(place)
    entries = [memo(number, stress=number / 700).entry("ada", START) for number in range(601)]
    with Journal(place, "ada").writing() as owned:
        put_entries(owned, entries)
    migrate(place, "0002")
    bring_up(place)
    assert readings(place, "ada", "stress") == [number / 700 for number in range(601)]


def test_the_wall_stands_again_after_filling(fresh_postgres_url: str) -> None:
    place = open_place(fresh_postgres_url)
    migrate(place, "0002")
    bring_up(place)
    forced = text("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'entries'")
    with place.transaction() as connection:
        assert connection.execute(forced).scalar() is True
    place.engine.dispose()


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
