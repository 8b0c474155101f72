"""Worker processes: their number, their order, their deaths."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from jobhands import alive, descendants, long_memo, memo, until
from sottovoce.analysis.pipeline import analyze
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.errors import ModelError, SottovoceError, TooLongError, UnsupportedFormatError
from sottovoce.jobs.errors import QueueFullError, StoppedError, WorkerDiedError
from sottovoce.jobs.hearing import Ear, Request
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobOptions

ANY = JobOptions()


@pytest.fixture(scope="module")
def one() -> Iterator[Pool]:
    """A pool of one process, and of two places, that several tests ask one after another."""
    with Pool(workers=1, places=2) as pool:
        yield pool


@pytest.fixture(scope="module")
def two() -> Iterator[Pool]:
    """A pool of two processes."""
    with Pool(workers=2) as pool:
        yield pool


def test_nothing_runs_before_it_is_asked() -> None:
    with Pool(workers=2) as pool:
        assert (pool.pids, pool.waiting) == ([], 0)
        assert threading.active_count() < 50


def test_warming_starts_every_process(two: Pool) -> None:
    for ready in two.warm():
        ready.result()
    assert len(two.pids) == 2


def test_a_pool_says_what_the_library_says(two: Pool) -> None:
    heard = [two.analyze(memo(name), ANY) for name in ("even", "bright", "even")]
    answers = [hearing.result() for hearing in heard]
    expected = analysis_to_wire(analyze(memo(), name="recording"))
    for answer in (answers[0], answers[2]):
        assert {**answer, "elapsed_s": 0} == {**expected, "elapsed_s": 0}
    assert answers[1]["recording"] != answers[0]["recording"]


def test_trouble_is_one_of_our_errors_and_ends_no_process(one: Pool) -> None:
    assert isinstance(one.analyze(b"no recording", ANY).exception(), UnsupportedFormatError)
    short = JobOptions(max_duration_s=0.5)
    assert isinstance(one.analyze(memo(), short).exception(), TooLongError)
    unknown = JobOptions(model="of-nobody")
    assert isinstance(one.analyze(memo(), unknown).exception(), ModelError)
    [before] = one.pids
    assert one.analyze(memo(), ANY).result()["status"] == "ok"
    assert one.pids == [before]


def test_a_fault_of_ours_is_told_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise ValueError("canary")

    monkeypatch.setattr("sottovoce.jobs.hearing.analyze", fail)
    ear = Ear()
    answer = ear.answer(Request("sottovoce-acted-1", 60.0), b"")
    ear.decoder.close()
    assert isinstance(answer.error, SottovoceError)
    assert "canary" not in str(answer.error)
    assert "ValueError" in str(answer.error)


def test_more_than_its_places_is_refused_and_says_when_to_come_again(one: Pool) -> None:
    busy = one.analyze(long_memo(20), ANY)
    until(busy.running)
    waiting = [one.analyze(memo(), ANY) for _ in range(2)]
    with pytest.raises(QueueFullError) as full:
        one.analyze(memo(), ANY)
    assert full.value.retry_after_s >= 1
    busy.give_up()
    assert [hearing.result()["status"] for hearing in waiting] == ["ok", "ok"]


def test_short_memos_go_before_the_queue(one: Pool) -> None:
    order: list[str] = []
    first = one.hear(memo(), ANY)
    until(first.running)
    later, soon = one.hear(memo(), ANY), one.analyze(memo(), ANY)
    later.add_done_callback(lambda _: order.append("later"))
    soon.add_done_callback(lambda _: order.append("soon"))
    later.result()
    soon.result()
    assert order == ["soon", "later"]


def test_progress_grows_from_nothing_to_the_end(one: Pool) -> None:
    hearing = one.analyze(long_memo(8), ANY)
    seen: list[float] = []
    while not hearing.done():
        if (share := hearing.progress) is not None:
            seen.append(share)
        time.sleep(0.02)
    assert seen == sorted(seen)
    assert seen[0] == 0.0
    assert any(0.0 < share < 1.0 for share in seen)
    assert hearing.progress is None


def test_giving_up_late_harms_nobody_else(one: Pool) -> None:
    first = one.analyze(memo(), ANY)
    first.result()
    second = one.analyze(long_memo(3), ANY)
    until(second.running)
    first.worker = second.worker  # as if its end had not been noticed yet
    first.give_up()
    assert second.result()["status"] == "ok"


def test_a_killed_process_is_told_and_replaced(one: Pool) -> None:
    hearing = one.analyze(long_memo(20), ANY)
    until(lambda: hearing.progress)
    [before] = one.pids
    os.kill(before, signal.SIGKILL)
    assert isinstance(hearing.exception(), WorkerDiedError)
    assert one.analyze(memo(), ANY).result()["status"] == "ok"
    assert one.pids != [before]


def test_the_others_go_on_when_one_dies(two: Pool) -> None:
    both = [two.analyze(long_memo(6), ANY) for _ in range(2)]
    until(lambda: all(hearing.progress for hearing in both))
    both[0].give_up()
    assert isinstance(both[0].exception(), WorkerDiedError)
    assert both[1].result()["status"] == "ok"


def test_no_process_is_left_behind() -> None:
    with Pool(workers=2) as pool:
        for ready in pool.warm():
            ready.result()
        family = [*pool.pids, *(pid for worker in pool.pids for pid in descendants(worker))]
        assert len(family) == 4  # each worker and its decoder
    until(lambda: not any(map(alive, family)))


def test_a_process_that_has_grown_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([100, 150, 101 + (256 << 20)])
    monkeypatch.setattr("sottovoce.jobs.hearing.resident_bytes", lambda: next(sizes))
    ear = Ear()
    assert [ear.tired() for _ in range(3)] == [False, False, True]
    ear.decoder.close()


def test_closing_waits_for_what_runs_and_refuses_the_rest() -> None:
    pool = Pool(workers=1)
    running = pool.analyze(memo(), ANY)
    pool.close(60.0)
    assert running.result()["status"] == "ok"
    assert pool.pids == []
    with pytest.raises(StoppedError):
        pool.analyze(memo(), ANY)


def test_closing_without_patience_ends_what_runs() -> None:
    pool = Pool(workers=1)
    running, waiting = pool.analyze(long_memo(20), ANY), pool.analyze(memo(), ANY)
    until(running.running)
    pool.close(0.0)
    assert isinstance(running.exception(), WorkerDiedError)
    assert isinstance(waiting.exception(), StoppedError)
    assert pool.pids == []
