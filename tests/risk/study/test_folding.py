from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sottovoce.risk.interviews import Interview
from sottovoce.risk.study.folding import disjoint_folds, refuse_leaks
from sottovoce.training.errors import CorpusError, LeakError
from sottovoce.training.folds import Fold


def people(count: int, folds: int | None = None) -> list[Interview]:
    return [
        Interview(
            person=f"x_{n}",
            audio=(Path(f"{n}.wav"),),
            case=n % 2 == 0,
            fold=None if folds is None else str(n // 2 % folds),
        )
        for n in range(count)
    ]


def test_every_fold_has_both_kinds_and_nobody_twice() -> None:
    everyone = people(20)
    folds = disjoint_folds(everyone, 5, seed=0)
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(20))
    for fold in folds:
        assert sum(everyone[place].case for place in fold.test) == 2


def test_published_folds_are_kept() -> None:
    folds = disjoint_folds(people(12, folds=3), 5, seed=0)
    assert [fold.name for fold in folds] == ["0", "1", "2"]


def test_a_person_in_two_published_folds_is_refused() -> None:
    everyone = people(12, folds=3)
    everyone[4] = Interview("x_0", (Path("other.wav"),), True, fold="2")
    with pytest.raises(LeakError, match="1 speaker is in both training and test: x_0"):
        disjoint_folds(everyone, 3, seed=0)


def test_a_voice_that_several_made_people_share_is_on_one_side() -> None:
    everyone = [replace(one, voice=f"v{n % 6}") for n, one in enumerate(people(24))]
    for fold in disjoint_folds(everyone, 3, seed=0):
        learnt, tested = (
            {everyone[place].voice for place in part} for part in (fold.train, fold.test)
        )
        assert not learnt & tested
    leaking = [replace(one, fold=str(n // 12)) for n, one in enumerate(everyone)]
    with pytest.raises(LeakError, match="6 speakers are in both"):
        disjoint_folds(leaking, 2, seed=0)


def test_the_same_sound_under_another_name_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.wav").write_bytes(b"sound")
    twins = [Interview(f"x_{name}", (tmp_path / f"{name}.wav",), True) for name in ("a", "b")]
    with pytest.raises(LeakError, match="1 sound is in both"):
        refuse_leaks(twins, [Fold("1", np.array([0]), np.array([1]))])


def test_a_fold_without_cases_to_learn_from() -> None:
    everyone = [Interview(f"x_{n}", (Path(f"{n}.wav"),), n == 0, fold=str(n % 2)) for n in range(4)]
    with pytest.raises(CorpusError, match="one kind only"):
        disjoint_folds(everyone, 2, seed=0)
