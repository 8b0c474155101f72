"""A real PostgreSQL."""

from databases import postgres_url  # noqa: F401
