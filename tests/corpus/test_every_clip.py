"""Every clip of the real corpora is answered, and none with an error."""

from collections import Counter
from pathlib import Path

import pytest

from sottovoce.analysis.batch import Plan, Trouble, analyze_many


@pytest.mark.corpus
@pytest.mark.parametrize(("corpus", "clips"), [("ravdess", 1440), ("nemo", 1826)])
def test_every_clip_is_usable(corpus_folder: Path, corpus: str, clips: int) -> None:
    paths = sorted((corpus_folder / corpus / "flac").glob("*.flac"))
    statuses: Counter[str] = Counter()
    for outcome in analyze_many(paths, Plan()):
        statuses["error" if isinstance(outcome, Trouble) else outcome.status] += 1
    assert statuses == {"ok": clips}
