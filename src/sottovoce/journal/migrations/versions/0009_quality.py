"""How far each recording can be trusted, in the gist of its entry."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import unwalled

revision = "0009"
down_revision = "0008"

BATCH_ROWS = 500

ENTRIES = sa.table("entries", *(sa.column(name) for name in ("owner", "id", "gist")))
ANALYSES = sa.table("analyses", *(sa.column(name) for name in ("owner", "entry_id", "body")))


def upgrade() -> None:
    """Put the verdict of each whole analysis into its gist."""
    whose = ENTRIES.c.owner == sa.bindparam("whose"), ENTRIES.c.id == sa.bindparam("which")
    change = ENTRIES.update().where(*whose).values(gist=sa.bindparam("told"))
    with unwalled("entries"), unwalled("analyses"):
        for rows in batches():
            values = [
                {"whose": row.owner, "which": row.id, "told": told(row.gist, row.body)}
                for row in rows
            ]
            op.get_bind().execute(change, values)


def downgrade() -> None:
    """Nothing: older versions do not look at it."""


def batches() -> Iterator[list[Any]]:
    """All rows with their analyses, some at a time, in the order of their keys."""
    key = sa.tuple_(ENTRIES.c.owner, ENTRIES.c.id)
    same = sa.and_(ANALYSES.c.owner == ENTRIES.c.owner, ANALYSES.c.entry_id == ENTRIES.c.id)
    some = sa.select(ENTRIES.c.owner, ENTRIES.c.id, ENTRIES.c.gist, ANALYSES.c.body)
    some = some.join_from(ENTRIES, ANALYSES, same).order_by(ENTRIES.c.owner, ENTRIES.c.id)
    after = ("", "")
    while rows := op.get_bind().execute(some.where(key > after).limit(BATCH_ROWS)).all():
        yield list(rows)
        after = (rows[-1].owner, rows[-1].id)


def told(gist: str, body: str) -> str:
    """The gist with the verdict, where the analysis has one."""
    quality = json.loads(body).get("quality")
    if not quality:
        return gist
    whole = {**json.loads(gist), "quality": {"verdict": quality["verdict"]}}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
