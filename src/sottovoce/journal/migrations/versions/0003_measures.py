"""Measures as columns of their entry, and an index that holds all that insights read."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from sottovoce.journal.migrations.walls import unwalled

revision = "0003"
down_revision = "0002"

INDICES = ("stress", "anxiety", "low_mood")
BIOMARKERS = (
    "pitch_median_hz",
    "pitch_range_semitones",
    "loudness_dbfs",
    "loudness_range_db",
    "jitter_ratio",
    "shimmer_db",
    "hnr_db",
    "creak_ratio",
    "formant1_median_hz",
    "formant2_median_hz",
    "formant3_median_hz",
    "alpha_ratio_db",
    "hammarberg_index_db",
    "speech_rate_syllables_per_s",
    "articulation_rate_syllables_per_s",
    "pause_ratio",
    "pause_mean_s",
    "pause_rate_per_min",
    "latency_s",
    "speech_ratio",
    "voiced_s",
)
MEASURES = (*INDICES, *BIOMARKERS)
INDEX = "entries_by_measure"
BATCH_ROWS = 500


def upgrade() -> None:
    """Make the columns, fill them from what each entry holds, then the index."""
    for name in MEASURES:
        op.add_column("entries", sa.Column(name, sa.Double))
    with unwalled("entries"):
        fill()
    named = ("owner", "recorded_at", "offset_min", "deleted_at", "valence", *MEASURES)
    op.create_index(INDEX, "entries", list(named))


def downgrade() -> None:
    """Take them away; the same is still in each entry's ``gist``."""
    op.drop_index(INDEX, "entries")
    for name in MEASURES:
        op.drop_column("entries", name)


def fill() -> None:
    """The measures of the entries that are there."""
    columns = ("owner", "id", "gist", *MEASURES)
    table = sa.table("entries", *(sa.column(name) for name in columns))
    whose = table.c.owner == sa.bindparam("whose"), table.c.id == sa.bindparam("which")
    change = table.update().where(*whose)
    change = change.values({name: sa.bindparam(name) for name in MEASURES})
    for rows in batches(table):
        values = [{"whose": whose, "which": key, **heard(gist)} for whose, key, gist in rows]
        op.get_bind().execute(change, values)


def batches(table: Any) -> Iterator[list[Any]]:
    """All rows, some at a time, in the order of their keys."""
    key = sa.tuple_(table.c.owner, table.c.id)
    some = sa.select(table.c.owner, table.c.id, table.c.gist).order_by(table.c.owner, table.c.id)
    after = ("", "")
    while rows := op.get_bind().execute(some.where(key > after).limit(BATCH_ROWS)).all():
        yield list(rows)
        after = (rows[-1].owner, rows[-1].id)


def heard(gist: str) -> dict[str, float | None]:
    """The measures of a usable recording; None where there is none."""
    told = json.loads(gist)
    if told.get("status") != "ok":
        return dict.fromkeys(MEASURES)
    indices = {name: (told.get(name) or {}).get("value") for name in INDICES}
    biomarkers = told.get("biomarkers") or {}
    return {**indices, **{name: biomarkers.get(name) for name in BIOMARKERS}}
