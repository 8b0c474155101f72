"""Many inputs: each answered, in order, with the same numbers however they are shared out."""

from pathlib import Path

import pytest

from sottovoce.analysis.batch import Plan, Trouble, analyze_many
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.domain import Analysis
from sottovoce.errors import ModelError
from sottovoce.runtime import ASSETS

SAMPLES = sorted((ASSETS / "samples").glob("*.ogg"))


def numbers(outcome: Analysis | Trouble) -> dict[str, object]:
    assert isinstance(outcome, Analysis)
    wire = analysis_to_wire(outcome)
    del wire["elapsed_s"]
    return wire


def test_alone_in_a_folder_and_side_by_side_the_numbers_agree() -> None:
    alone = [numbers(next(iter(analyze_many([memo], Plan())))) for memo in SAMPLES]
    together = [numbers(outcome) for outcome in analyze_many(SAMPLES, Plan())]
    side_by_side = [numbers(outcome) for outcome in analyze_many(SAMPLES, Plan(), jobs=2)]
    assert alone == together == side_by_side


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, jobs: int) -> None:
    bad = tmp_path / "text.wav"
    bad.write_text("hello " * 1000)
    outcomes = list(
        analyze_many([SAMPLES[0], bad, tmp_path / "gone.wav", SAMPLES[1]], Plan(), jobs)
    )
    assert isinstance(outcomes[0], Analysis)
    assert isinstance(outcomes[3], Analysis)
    assert [o.error.type for o in outcomes[1:3] if isinstance(o, Trouble)] == [
        "unsupported_format",
        "not_found",
    ]


def test_an_unknown_model_is_refused_before_anything_is_analysed() -> None:
    with pytest.raises(ModelError, match="grand"):
        next(iter(analyze_many(SAMPLES, Plan(model="grand"), jobs=2)))
