"""Worker processes: their number, their order, their deaths."""

import os
import signal
import threading
import time

import pytest

from jobhands import long_memo, memo, until
from sottovoce.analysis.pipeline import analyze
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.errors import ModelError, SottovoceError, TooLongError, UnsupportedFormatError
from sottovoce.jobs.errors import QueueFullError, StoppedError, WorkerDiedError
from sottovoce.jobs.hearing import Ear, Request
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobOptions

ANY = JobOptions()


def children_of(pid: int) -> list[int]:
    """The processes that a process started and that still live."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123
        return [int(word) for word in file.read().split()]


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_nothing_runs_before_it_is_asked() -> None:
    with Pool(workers=2) as pool:
        assert (pool.pids, pool.waiting) == ([], 0)
        assert threading.active_count() < 50


def test_a_pool_says_what_the_library_says() -> None:
    with Pool(workers=2) as pool:
        heard = [pool.analyze(memo(name), ANY) for name in ("even", "bright", "even")]
        answers = [hearing.result() for hearing in heard]
    expected = analysis_to_wire(analyze(memo(), name="recording"))
    for answer in (answers[0], answers[2]):
        assert {**answer, "elapsed_s": 0} == {**expected, "elapsed_s": 0}
    assert answers[1]["recording"] != answers[0]["recording"]


def test_trouble_is_one_of_our_errors_and_ends_no_process() -> None:
    with Pool(workers=1) as pool:
        assert isinstance(pool.analyze(b"no recording", ANY).exception(), UnsupportedFormatError)
        short = JobOptions(max_duration_s=0.5)
        assert isinstance(pool.analyze(memo(), short).exception(), TooLongError)
        unknown = JobOptions(model="of-nobody")
        assert isinstance(pool.analyze(memo(), unknown).exception(), ModelError)
        [before] = pool.pids
        assert pool.analyze(memo(), ANY).result()["status"] == "ok"
        assert pool.pids == [before]


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


def test_warming_starts_every_process() -> None:
    with Pool(workers=2) as pool:
        for ready in pool.warm():
            ready.result()
        assert len(pool.pids) == 2


def test_more_than_its_places_is_refused_and_says_when_to_come_again() -> None:
    with Pool(workers=1, places=2) as pool:
        pool.warm()[0].result()
        busy = pool.analyze(long_memo(20), ANY)
        until(busy.running)
        waiting = [pool.analyze(memo(), ANY) for _ in range(2)]
        with pytest.raises(QueueFullError) as full:
            pool.analyze(memo(), ANY)
        assert full.value.retry_after_s >= 1
        busy.give_up()
        assert [hearing.result()["status"] for hearing in waiting] == ["ok", "ok"]


def test_short_memos_go_before_the_queue() -> None:
    order: list[str] = []
    with Pool(workers=1) as pool:
        first = pool.hear(memo(), ANY)
        until(first.running)
        later, soon = pool.hear(memo(), ANY), pool.analyze(memo(), ANY)
        later.add_done_callback(lambda _: order.append("later"))
        soon.add_done_callback(lambda _: order.append("soon"))
        later.result()
        soon.result()
    assert order == ["soon", "later"]


def test_progress_grows_from_nothing_to_the_end() -> None:
    with Pool(workers=1) as pool:
        hearing = pool.analyze(long_memo(20), ANY)
        seen: list[float] = []
        while not hearing.done():
            if (share := hearing.progress) is not None:
                seen.append(share)
            time.sleep(0.02)
    assert seen == sorted(seen)
    assert seen[0] == 0.0
    assert any(0.0 < share < 1.0 for share in seen)
    assert hearing.progress is None


def test_a_killed_process_is_told_and_replaced() -> None:
    with Pool(workers=1) as pool:
        pool.warm()[0].result()
        hearing = pool.analyze(long_memo(20), ANY)
        until(lambda: hearing.progress)
        [before] = pool.pids
        os.kill(before, signal.SIGKILL)
        assert isinstance(hearing.exception(), WorkerDiedError)
        assert pool.analyze(memo(), ANY).result()["status"] == "ok"
        assert pool.pids != [before]


def test_the_others_go_on_when_one_dies() -> None:
    with Pool(workers=2) as pool:
        for ready in pool.warm():
            ready.result()
        both = [pool.analyze(long_memo(10), ANY) for _ in range(2)]
        until(lambda: all(hearing.progress for hearing in both))
        both[0].give_up()
        assert isinstance(both[0].exception(), WorkerDiedError)
        assert both[1].result()["status"] == "ok"


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
    pool.warm()[0].result()
    running, waiting = pool.analyze(long_memo(20), ANY), pool.analyze(memo(), ANY)
    until(running.running)
    pool.close(0.0)
    assert isinstance(running.exception(), WorkerDiedError)
    assert isinstance(waiting.exception(), StoppedError)
    assert pool.pids == []


def test_no_process_is_left_behind() -> None:
    with Pool(workers=2) as pool:
        for ready in pool.warm():
            ready.result()
        workers = pool.pids
        family = [*workers, *(child for pid in workers for child in children_of(pid))]
        assert len(family) == 4  # each worker and its decoder
    until(lambda: not any(map(alive, family)))
