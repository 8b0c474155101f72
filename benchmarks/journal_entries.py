"""Made entries of the size of real ones, spread over ten years."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sottovoce.domain import Biomarkers
from sottovoce.entries import Entry, SelfReport
from sottovoce.journal.changing import Memo
from sottovoce.journal.moments import moment_at, utc_now

END = datetime(2026, 6, 1, tzinfo=UTC)
SPAN = timedelta(days=3650)
LABELS = ("angry", "calm", "disgust", "fearful", "happy", "neutral", "sad", "surprised")
TAGS = ("work", "walk", "tired", "coffee", "family", "travel", "")
MEASURES = tuple(Biomarkers().as_dict())
REPORTED_OF = 4


def entries(count: int, owner: str, end: datetime = END) -> Iterator[Entry]:
    """So many entries over the ten years before ``end``; every fourth with a self-report."""
    for number in range(count):
        at = moment_at(end - SPAN * (count - number) / count, "Europe/Berlin")
        tag = TAGS[number % len(TAGS)]
        memo = Memo(analysis(f"{owner} {number}"), at, tags=(tag,) if tag else ())
        made = memo.entry(owner, utc_now())
        said = SelfReport(1 + number % 7, at.utc) if number % REPORTED_OF == 0 else None
        yield replace(made, self_report=said)


def analysis(name: str) -> dict[str, Any]:
    """An analysis of a memo of eighty seconds: eleven windows."""
    digest = sha256(name.encode()).hexdigest()
    share = int(digest[:6], 16) / 0xFFFFFF
    emotions = {label: round(share / 8, 4) for label in LABELS}
    index = {"value": share, "low": 0.0, "high": 1.0, "contributions": emotions, "method": "m/1"}
    window = {"start_s": 0.5, "end_s": 8.0, "emotions": emotions, "stress": share}
    return {
        "path": "memo.m4a", "status": "ok", "reasons": [],
        "recording": {"duration_s": 80.0, "speech_s": 60.0, "sha256": digest, "recorded_at": None},
        "emotion": "calm", "confidence": share, "emotions": emotions,
        "stress": index, "anxiety": index, "low_mood": index,
        "biomarkers": {name: round(0.1 + share * n, 4) for n, name in enumerate(MEASURES)},
        "segments": [window] * 11,
        "model": {"name": "made", "sha256": digest},
    }  # fmt: skip
