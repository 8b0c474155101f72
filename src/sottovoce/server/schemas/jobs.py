"""Jobs: memos that are heard while nobody waits."""

from typing import Literal

from sottovoce.server.schemas.analysis import Analysis
from sottovoce.server.schemas.parts import Answer, Instant, Share


class Fault(Answer):
    """Why a job failed: a problem's type and title."""

    type: str
    title: str


class JobAnswer(Answer):
    """A memo on its way; ``analysis`` is there when ``state`` is done, ``error`` when it failed."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    created_at: Instant
    progress: Share | None
    entry_id: str | None
    outcome: Literal["added", "already there", "restored"] | None
    analysis: Analysis | None
    error: Fault | None
