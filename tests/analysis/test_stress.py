"""The stress index is the stated convention, and its interval behaves like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.analysis.stress import STRESS_WEIGHTS, Doubt, spread_of, stress_index
from sottovoce.domain import LABELS

DOUBT = Doubt(quantile=1.4, floor=0.05, correlation=0.4)

shares = st.lists(st.floats(0.001, 1.0), min_size=8, max_size=8).map(
    lambda xs: {label: x / sum(xs) for label, x in zip(LABELS, xs, strict=True)}
)


@pytest.mark.parametrize(
    ("label", "value"),
    [("fearful", 1.0), ("angry", 0.8), ("disgust", 0.6), ("sad", 0.5), ("neutral", 0.1),
     ("calm", 0.0), ("surprised", 0.0), ("happy", 0.0)],
)  # fmt: skip
def test_a_certain_label_gives_its_weight_clamped(label: str, value: float) -> None:
    assert stress_index({label: 1.0}, [3.0], DOUBT).value == pytest.approx(value)


def test_happy_takes_away() -> None:
    index = stress_index({"angry": 0.5, "happy": 0.5}, [3.0], DOUBT)
    assert index.value == pytest.approx(0.4 - 0.15)
    assert index.contributions["happy"] == pytest.approx(-0.15)


@given(shares)
def test_value_lies_in_its_interval_and_in_0_to_1(probabilities: dict[str, float]) -> None:
    index = stress_index(probabilities, [3.0, 4.0], DOUBT)
    assert 0.0 <= index.low <= index.value <= index.high <= 1.0


@given(shares)
def test_contributions_sum_to_the_value_before_clamping(probabilities: dict[str, float]) -> None:
    index = stress_index(probabilities, [3.0], DOUBT)
    assert min(1.0, max(0.0, sum(index.contributions.values()))) == pytest.approx(index.value)


def test_a_longer_memo_is_surer_but_never_certain() -> None:
    mixed = {"fearful": 0.5, "calm": 0.5}
    widths = [
        (lambda index: index.high - index.low)(stress_index(mixed, [4.0] * n, Doubt(0.5, 0.0, 0.4)))
        for n in (1, 4, 1000)
    ]
    assert widths[0] > widths[1] > widths[2] > 0.6 * widths[0]


def test_spread_is_largest_when_the_extremes_are_equally_likely() -> None:
    assert spread_of({"fearful": 0.5, "happy": 0.5}) == pytest.approx(0.65)
    assert spread_of({"calm": 0.5, "surprised": 0.5}) == 0.0


def test_every_label_has_a_weight() -> None:
    assert set(STRESS_WEIGHTS) == set(LABELS)
