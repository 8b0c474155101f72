"""Stress from arousal and valence."""

from hypothesis import given
from hypothesis import strategies as st

from sottovoce.analysis.dimensions import dimensional_stress, stress_of
from sottovoce.analysis.stress import STRESS_METHOD, Doubt
from sottovoce.domain import UNNAMED, Emotion, ModelId
from sottovoce.models.dimensions import PLACES

WIDEST = Doubt(quantile=1.0, floor=1.0, correlation=1.0)


def test_the_order_of_emotions_is_that_of_the_weights() -> None:
    stress = {
        name: dimensional_stress(arousal, valence).value
        for name, (valence, arousal) in PLACES.items()
    }
    assert min(stress["angry"], stress["fearful"]) > stress["sad"] > stress["neutral"]
    assert stress["neutral"] > max(stress["calm"], stress["happy"])


@given(st.floats(-2, 3), st.floats(-2, 3))
def test_it_stays_in_its_interval_and_its_shares_add_up(arousal: float, valence: float) -> None:
    index = dimensional_stress(arousal, valence)
    assert 0.0 == index.low <= index.value <= index.high == 1.0
    total = sum(index.contributions.values())
    assert index.value == min(1.0, max(0.0, total))


def test_the_method_follows_what_the_model_gives() -> None:
    model = ModelId("m", "0")
    dimensions = Emotion({UNNAMED: 1.0}, model, arousal=0.9, valence=-0.8, dominance=0.5)
    assert stress_of(dimensions, [1.0], WIDEST).method == "dimensional/1"
    index = stress_of(Emotion({"sad": 1.0}, model), [1.0], WIDEST)
    assert (index.method, index.low, index.high) == (STRESS_METHOD, 0.0, 1.0)
