"""Alembic's door: the caller brings the connection, and the transaction is the caller's."""

from alembic import context

from sottovoce.journal.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
context.run_migrations()
