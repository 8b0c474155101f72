"""The page about live sessions is true: its example runs, its tables name every field."""

import doctest
import re
from typing import get_args

import numpy as np
import pytest

import sottovoce as sv
from conftest import REPOSITORY
from sottovoce.analysis.live import LiveSession
from sottovoce.analysis.turns import TURNS, Turn
from voices import syllables

PAGE = REPOSITORY / "docs" / "live.md"


def test_its_example_runs() -> None:
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


def test_every_field_of_every_event_is_told() -> None:
    spoken = syllables(150.0, 8)
    sound = (np.concatenate((spoken, 0 * spoken)) * 32_767).astype("<i2").tobytes()
    session = LiveSession("page", sv.load_model())
    events = [*session.start(), *session.feed(sound[:60_000]), *session.feed(sound[60_000:120_000])]
    events += [*session.lag(1.0), *session.finish()]
    wires = {wire["type"]: wire for wire in (event.to_wire() for event in events)}
    running = next(w for e in events if (w := e.to_wire().get("running")))
    assert set(wires) == {"session", "partial", "final", "warning", "summary"}
    told = set(re.findall(r"`(\w+)`", PAGE.read_text()))
    for wire in (*wires.values(), running, wires["session"]["limits"], wires["session"]["model"]):
        assert set(wire) <= told


@pytest.mark.parametrize("turn", get_args(Turn))
def test_every_turn_is_told_with_the_states_it_needs(turn: str) -> None:
    [row] = [line for line in PAGE.read_text().splitlines() if f"`{turn}(" in line and "|" in line]
    _, _, expected, leads_to, _ = (cell.strip() for cell in row.split("|"))
    states, end = TURNS[turn]  # type: ignore[index]
    assert set(expected.split(", ")) == {state.value for state in states}
    assert leads_to == end.value if end else leads_to in (expected, "the same")
