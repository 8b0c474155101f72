"""The journal: memos a person kept, each with its analysis, on SQLite or PostgreSQL.

Open ``store.py`` first: a :class:`~sottovoce.journal.store.Journal` is opened for an owner, and
there is no way to ask for anything without one.
"""
