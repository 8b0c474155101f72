from itertools import product
from typing import get_args

import pytest

from sottovoce.analysis.turns import TURNS, State, Turn, TurnError, Turns

WAYS: dict[State, list[Turn]] = {
    State.NEW: [],
    State.LISTENING: ["start", "pause", "resume"],
    State.PAUSED: ["start", "pause"],
    State.FINISHED: ["start", "finish"],
}


def brought_to(state: State) -> Turns:
    turns = Turns()
    for turn in WAYS[state]:
        turns.take(turn)
    assert turns.state is state
    return turns


@pytest.mark.parametrize(("state", "turn"), list(product(State, get_args(Turn))))
def test_every_turn_from_every_state(state: State, turn: Turn) -> None:
    turns, (expected, leads_to) = brought_to(state), TURNS[turn]
    if state in expected:
        turns.take(turn)
        assert turns.state is (leads_to or state)
    else:
        with pytest.raises(TurnError, match=f"'{turn}' needs .* this one is {state.value}"):
            turns.take(turn)
        assert turns.state is state


def test_a_finished_session_does_nothing_more() -> None:
    assert all(State.FINISHED not in expected for expected, _ in TURNS.values())
