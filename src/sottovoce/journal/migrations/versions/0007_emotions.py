"""The probability of each emotion as a column of its entry, an index of them, and in the gist."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import unwalled

revision = "0007"
down_revision = "0006"

LABELS = ("angry", "calm", "disgust", "fearful", "happy", "neutral", "sad", "surprised")
EMOTIONS = tuple(f"emotion_{label}" for label in LABELS)
INDEX = "entries_by_emotion"
BATCH_ROWS = 500

ENTRIES = sa.table("entries", *(sa.column(name) for name in ("owner", "id", "gist", *EMOTIONS)))
ANALYSES = sa.table("analyses", *(sa.column(name) for name in ("owner", "entry_id", "body")))


def upgrade() -> None:
    """Make the columns, fill them from each whole analysis, then the index."""
    for name in EMOTIONS:
        op.add_column("entries", sa.Column(name, sa.Double))
    with unwalled("entries"), unwalled("analyses"):
        fill()
    named = ("owner", "recorded_at", "offset_min", "deleted_at", "valence", *EMOTIONS)
    op.create_index(INDEX, "entries", list(named))


def downgrade() -> None:
    """Take them away; the same is still in each whole analysis."""
    op.drop_index(INDEX, "entries")
    for name in EMOTIONS:
        op.drop_column("entries", name)


def fill() -> None:
    """The emotions of the entries that are there."""
    whose = ENTRIES.c.owner == sa.bindparam("whose"), ENTRIES.c.id == sa.bindparam("which")
    change = ENTRIES.update().where(*whose)
    change = change.values({name: sa.bindparam(name) for name in ("gist", *EMOTIONS)})
    for rows in batches():
        values = [
            {"whose": row.owner, "which": row.id, **heard(row.gist, row.body)} for row in rows
        ]
        op.get_bind().execute(change, values)


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


def heard(gist: str, body: str) -> dict[str, Any]:
    """The gist with its emotions, and those of a usable recording; None where there is none."""
    told, emotions = json.loads(gist), json.loads(body).get("emotions")
    shares = emotions if emotions and told.get("status") == "ok" else {}
    whole = {**told, "emotions": emotions}
    return {
        "gist": json.dumps(whole, ensure_ascii=False, separators=(",", ":")),
        **{f"emotion_{label}": shares.get(label) for label in LABELS},
    }
