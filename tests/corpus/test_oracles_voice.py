"""Ours beside Praat and openSMILE on real voices; ``benchmarks/oracles.py`` prints the same table.

Praat's frames are put where ours are. Left where they fall, Praat's mean pitch is within 2 % of its
own on a sound that starts 5 ms later in 92 % of clips only, so nobody can be asked for 95 % there:
ours is asked to be as near to Praat as Praat is to itself. Jitter, shimmer and formants are not
held against openSMILE, which ranks clips differently from Praat (0.45 to 0.61).
"""

from pathlib import Path

import pytest

pytest.importorskip("parselmouth")
pytest.importorskip("opensmile")

from oracle_voice import AS_IT_COMES, ON_OUR_FRAMES, VOICE, WITH_ITSELF
from oracles import Row, clips, compare

pytestmark = pytest.mark.corpus

CLIPS_FOR_EACH_ACTOR = 3
HELD = {(row.measure, row.between): row for row in VOICE if row.least_rank}
SLACK = 0.04  # of a rank correlation between two samples of this size


@pytest.fixture(scope="module")
def rows(corpus_folder: Path) -> dict[tuple[str, str], Row]:
    sample = list(clips(corpus_folder, CLIPS_FOR_EACH_ACTOR))
    compared = [row for row in VOICE if row.between in {AS_IT_COMES, WITH_ITSELF}]
    found = compare(sample, [*HELD.values(), *compared])
    return {(row.comparison.measure, row.comparison.between): row for row in found}


def test_the_mean_pitch_of_nearly_every_clip_is_that_of_praat(
    rows: dict[tuple[str, str], Row],
) -> None:
    row = rows["pitch mean Hz", ON_OUR_FRAMES]
    assert row.clips == 24 * CLIPS_FOR_EACH_ACTOR
    assert row.close >= 0.95


@pytest.mark.parametrize("key", HELD)
def test_clips_are_ranked_as_the_oracle_ranks_them(
    rows: dict[tuple[str, str], Row], key: tuple[str, str]
) -> None:
    assert rows[key].rank >= HELD[key].least_rank


@pytest.mark.parametrize("measure", dict.fromkeys(row.measure for row in VOICE))
def test_ours_is_as_near_to_praat_as_praat_is_to_itself(
    rows: dict[tuple[str, str], Row], measure: str
) -> None:
    itself = rows[measure, WITH_ITSELF].rank
    assert rows[measure, AS_IT_COMES].rank >= min(itself, 0.95) - SLACK
