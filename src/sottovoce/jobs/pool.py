"""A bounded number of worker processes, for short memos at once and for the queue behind them.

>>> with Pool(workers=1) as pool:
...     heard = pool.analyze(b"not a recording", JobOptions())
...     print(type(heard.exception()).__name__)
UnsupportedFormatError
"""

import threading
import time
from contextlib import suppress
from itertools import count
from math import ceil
from queue import Empty, PriorityQueue
from typing import Self

from sottovoce.errors import SottovoceError
from sottovoce.jobs.errand import Errand, Hearing, Urgency
from sottovoce.jobs.errors import QueueFullError, StoppedError
from sottovoce.jobs.hearing import Request
from sottovoce.jobs.queue import JobOptions
from sottovoce.jobs.worker import Worker
from sottovoce.models.registry import DEFAULT_MODEL

STOPPING = "sottovoce is stopping and takes no more recordings; send it again in a minute"
NOTHING = Request("")
WEIGHT_OF_THE_LAST = 0.1


class Pool:
    """Worker processes, each with its own models and its own decoder, started when needed.

    Parameters
    ----------
    workers
        How many processes at most; one for each core that may be kept busy.
    places
        How many recordings may wait for :meth:`analyze` before it refuses another.
    """

    def __init__(self, workers: int, places: int = 32) -> None:
        self.workers = workers
        self.places = places
        self._errands: PriorityQueue[Errand] = PriorityQueue()
        self._numbers = count()
        self._taking = threading.Lock()
        self._closed = False
        self._hearing_s = 0.0
        self._threads: dict[Worker, threading.Thread] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.close(0.0)

    @property
    def waiting(self) -> int:
        """How many recordings of :meth:`analyze` wait for a worker."""
        return sum(errand.urgency is Urgency.AT_ONCE for errand in tuple(self._errands.queue))

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run now."""
        return [pid for worker in tuple(self._threads) if (pid := worker.pid) is not None]

    @property
    def hearing_s(self) -> float:
        """How long a recording has taken lately, in seconds; 0 before the first."""
        return self._hearing_s

    def analyze(self, sound: bytes, options: JobOptions) -> Hearing:
        """Hear a recording before all that waits in the queue.

        Raises
        ------
        QueueFullError
            Too many wait already.
        StoppedError
            The pool is closed.
        """
        with self._taking:
            if (waiting := self.waiting) >= self.places:
                turns = ceil((waiting + 1) / self.workers)
                raise QueueFullError(max(1, ceil(self._hearing_s * turns)))
            return self._put(Urgency.AT_ONCE, request_of(options), sound)

    def hear(self, sound: bytes, options: JobOptions) -> Hearing:
        """Hear a recording when no memo waits; whoever calls this bounds how many there are.

        Raises
        ------
        StoppedError
            The pool is closed.
        """
        with self._taking:
            return self._put(Urgency.LATER, request_of(options), sound)

    def warm(self, model: str = DEFAULT_MODEL) -> list[Hearing]:
        """Start the processes and open a model in each; the answers come when they are ready."""
        with self._taking:
            request = Request(model, warming=True)
            return [self._put(Urgency.AT_ONCE, request, b"") for _ in range(self.workers)]

    def close(self, patience_s: float) -> None:
        """Take no more; what is not done within ``patience_s`` seconds is ended, and told so."""
        with self._taking:
            self._closed = True
        self._let_go()
        deadline_s = time.monotonic() + patience_s
        for thread in self._threads.values():
            thread.join(max(0.0, deadline_s - time.monotonic()))
        self._refuse_the_rest()
        self._let_go()
        for worker, thread in self._threads.items():
            worker.retire()
            thread.join()

    def _put(self, urgency: Urgency, request: Request, sound: bytes) -> Hearing:
        if self._closed:
            raise StoppedError(STOPPING)
        hearing = Hearing()
        self._errands.put(Errand(urgency, next(self._numbers), request, sound, hearing))
        if not self._threads:
            self._start()
        return hearing

    def _start(self) -> None:
        for number in range(self.workers):
            worker, name = Worker(), f"sottovoce-worker-{number}"
            thread = threading.Thread(target=self._work, args=(worker,), name=name, daemon=True)
            self._threads[worker] = thread
            thread.start()

    def _work(self, worker: Worker) -> None:
        while (errand := self._errands.get()).urgency is not Urgency.LEAVE:
            if errand.hearing.set_running_or_notify_cancel():
                self._run(worker, errand)
        worker.forget()

    def _run(self, worker: Worker, errand: Errand) -> None:
        begun_s = time.monotonic()
        errand.hearing.worker = worker
        try:
            answer = worker.ask(errand.request, errand.sound)
        except SottovoceError as trouble:
            errand.hearing.set_exception(trouble)
            return
        finally:
            errand.hearing.worker = None
        if answer.error is not None:
            errand.hearing.set_exception(answer.error)
            return
        if not errand.request.warming:
            self._remember(time.monotonic() - begun_s)
        errand.hearing.set_result(answer.analysis or {})

    def _remember(self, hearing_s: float) -> None:
        weight = WEIGHT_OF_THE_LAST if self._hearing_s else 1.0
        self._hearing_s += weight * (hearing_s - self._hearing_s)

    def _let_go(self) -> None:
        for _ in self._threads:
            self._errands.put(Errand(Urgency.LEAVE, next(self._numbers), NOTHING, b"", Hearing()))

    def _refuse_the_rest(self) -> None:
        with suppress(Empty):
            while True:
                hearing = self._errands.get_nowait().hearing
                if hearing.set_running_or_notify_cancel():
                    hearing.set_exception(StoppedError(STOPPING))


def request_of(options: JobOptions) -> Request:
    """What a worker has to know of the options; nothing of the entry to be."""
    return Request(options.model, options.max_duration_s)
