"""Bring a journal to the schema of this program, in one transaction, or leave it as it was."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from sottovoce.journal.engine import Place
from sottovoce.journal.errors import SchemaNewerError
from sottovoce.journal.schema import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = 0x50770  # any number, the same in every program


def bring_up(place: Place) -> None:
    """Migrate to ``HEAD`` where the journal is older; do nothing where it is there.

    Raises
    ------
    SchemaNewerError
        A newer program made the journal; it is left as it is.
    """
    with place.transaction() as connection:
        if revision_of(connection) == HEAD:
            return
    migrate(place, HEAD)


def migrate(place: Place, revision: str) -> None:
    """Go up or down to a revision ("0001"; "base" is no tables), all of the way or not at all."""
    from alembic import command

    with place.transaction(begin="BEGIN IMMEDIATE") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
        found = revision_of(connection)
        check_known(found, place.name)
        down = revision == "base" or (found is not None and revision < found)
        (command.downgrade if down else command.upgrade)(config_for(connection), revision)


def revision_of(connection: Connection) -> str | None:
    """The revision a database says it is at; None where it has no tables of ours yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def check_known(found: str | None, name: str) -> None:
    """Refuse a revision of a newer program."""
    if found is not None and found > HEAD:
        raise SchemaNewerError(
            f"the journal '{name}' was made by a newer sottovoce (schema {found}; this one knows "
            f"{HEAD}); nothing was changed, update sottovoce"
        )


def config_for(connection: Connection) -> "Config":
    """Alembic's settings, made here so that no file has to be found."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sottovoce.journal:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
