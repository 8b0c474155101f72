"""Threads change nothing but the time."""

import threading
from collections.abc import Iterator

import pytest

import sottovoce as sv
from sottovoce.analysis.in_order import in_order
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.runtime import ASSETS


def test_two_work_at_once_and_no_more_than_one_waits() -> None:
    meeting = threading.Barrier(2, timeout=30)
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(6):
            taken.append(number)
            yield number

    def meet(number: int) -> int:
        meeting.wait()  # goes on only when another one is here too
        return number

    results = in_order(meet, items(), threads=2)
    assert next(results) == 0
    assert len(taken) <= 3
    assert list(results) == [1, 2, 3, 4, 5]


def test_trouble_is_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda n: 1 // n, [1, 0, 1], threads=2))


def test_an_analysis_is_the_same_with_three_threads() -> None:
    memo = ASSETS / "samples" / "slow.ogg"
    wires = [analysis_to_wire(sv.analyze(memo, threads=threads)) for threads in (1, 3)]
    for wire in wires:
        del wire["elapsed_s"]
    assert wires[0] == wires[1]
