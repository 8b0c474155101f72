"""Owners never meet: in every method, and in PostgreSQL itself."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

import sottovoce.journal
from journals import Opener, memo, url_of
from sottovoce.journal.changing import TABLES, Edit
from sottovoce.journal.checkins import questionnaire
from sottovoce.journal.erase import erase_everything, erase_made_up
from sottovoce.journal.errors import JournalError, NoEntryError
from sottovoce.journal.owned import Owned
from sottovoce.journal.schema import Base
from sottovoce.journal.store import open_journal


def test_the_same_memo_of_two_owners_is_two_entries(opened: Opener) -> None:
    with opened("ada") as hers, opened("grace") as other:
        key = hers.add(memo(1, note="ada's")).entry.id
        assert other.add(memo(1, note="grace's")).outcome == "added"
        assert (hers.entry(key).note, other.entry(key).note) == ("ada's", "grace's")


def test_nothing_of_one_owner_is_seen_or_touched_by_another(opened: Opener) -> None:
    with opened("ada") as hers, opened("mallory") as other:
        key = hers.add(memo(1, example=True)).entry.id
        hers.answer(questionnaire("gad-7", [1] * 7, hers.clock()), key)
        for touch in (
            lambda: other.entry(key),
            lambda: other.edit(key, Edit(note="mine now")),
            lambda: other.report(key, 1),
            lambda: other.delete([key]),
            lambda: other.restore([key]),
        ):
            with pytest.raises(NoEntryError):
                touch()
        assert list(other.entries(deleted=None)) == other.latest(9) == other.questionnaires() == []
        assert (other.count(), other.sounds(), erase_made_up(other)) == (0, {}, 0)
        assert erase_everything(other).remaining == 0
        assert (hers.count(), hers.entry(key).note, len(hers.questionnaires())) == (1, "", 1)


def test_every_table_has_an_owner_in_its_key_and_is_erased() -> None:
    assert {table.__table__ for table in TABLES} == set(Base.metadata.tables.values())  # type: ignore[attr-defined]
    for table in Base.metadata.tables.values():
        assert "owner" in table.primary_key.columns


def test_statements_are_made_in_one_file_only() -> None:
    """No other file of the journal makes a statement, so none can forget the owner."""
    makers = {"select", "insert", "update", "delete"}
    for file in Path(str(sottovoce.journal.__path__[0])).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sqlalchemy"):
                made = makers & {name.name for name in node.names}
                assert not made or file.name == "owned.py" or made == {"select"}, file
                assert "select" not in made or file.name in ("owned.py", "engine.py"), file


def test_the_database_itself_hides_other_owners(fresh_postgres_url: str) -> None:
    with open_journal(fresh_postgres_url, "ada") as hers:
        hers.add(memo(1))
    address = fresh_postgres_url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(address)
    with engine.begin() as connection:
        for table in Base.metadata.tables:
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
        Owned.enter(connection, "ada")
        assert connection.execute(text("SELECT count(*) FROM entries")).scalar() == 1
        assert connection.execute(text("UPDATE entries SET note = 'x'")).rowcount == 1
    with engine.begin() as connection:  # the owner was named for that transaction only
        assert connection.execute(text("SELECT count(*) FROM entries")).scalar() == 0
    with engine.connect() as connection:
        Owned.enter(connection, "mallory")
        forged = text("INSERT INTO analyses (owner, entry_id, body) VALUES ('ada', 'x', '{}')")
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(forged)
    engine.dispose()


def test_a_role_that_the_wall_does_not_bind_is_refused(
    postgres_url: str, fresh_postgres_url: str
) -> None:
    from sqlalchemy import make_url

    database = str(make_url(fresh_postgres_url).database)
    superuser = str(make_url(postgres_url).username)
    with pytest.raises(JournalError, match="passes by row-level security"):  # noqa: SIM117
        with open_journal(url_of(postgres_url, database, superuser), "ada"):
            pass
