"""Memos are heard in processes of their own, a bounded number of them, and no more wait than fit.

Each process has its model and its decoder, which decodes in a process of its own again.
"""

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

from sottovoce.audio.decode import Decoder, Limits
from sottovoce.errors import SottovoceError
from sottovoce.models.judge import Judge
from sottovoce.models.registry import DEFAULT_MODEL
from sottovoce.server.problems import Problem
from sottovoce.server.troubles import LATER

CALLED = "recording"
"""What results call a memo: the name of its file is private, and of no use."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a memo: its analysis as JSON values, or the type of the error."""

    analysis: Mapping[str, Any] | None = None
    trouble: str = ""


class Hearing:
    """The pool; it lives as long as the service."""

    def __init__(self, workers: int, waiting: int, limits: Limits) -> None:
        self._workers, self._limits = workers, limits
        self._room = workers + waiting
        self._inside = 0
        self._pool: ProcessPoolExecutor | None = None
        self.ready = False

    @property
    def inside(self) -> int:
        """How many memos are being heard, or wait for it."""
        return self._inside

    @property
    def has_room(self) -> bool:
        """Whether another memo would be taken."""
        return self._inside < self._room

    async def start(self) -> None:
        """Start the processes, and wait until one of them has its model."""
        pool = self._pool = self._new_pool()
        warm = [asyncio.wrap_future(pool.submit(os.getpid)) for _ in range(self._workers)]
        await asyncio.gather(*warm)
        self.ready = True

    async def stop(self) -> None:
        """Finish what is being heard, then end the processes."""
        self.ready = False
        if self._pool:
            await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)

    async def hear(self, sound: bytes) -> Heard:
        """Hear a memo, once there is a process for it.

        Raises
        ------
        Problem
            ``busy``: as many are waiting as may; or ``not_ready``.
        """
        if self._pool is None or not self.ready:
            raise Problem("not_ready", LATER)
        if not self.has_room:
            raise Problem("busy", LATER)
        try:
            return await asyncio.wrap_future(self._begin(self._pool, sound))
        except BrokenProcessPool as broken:
            self._pool = self._new_pool()
            raise Problem("busy", LATER) from broken

    def _begin(self, pool: ProcessPoolExecutor, sound: bytes) -> "Future[Heard]":
        loop = asyncio.get_running_loop()
        future = pool.submit(hear, sound)
        self._inside += 1
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._leave))
        return future

    def _leave(self) -> None:
        self._inside -= 1

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers,
            mp_context=get_context("spawn"),
            initializer=start_worker,
            initargs=(self._limits,),
        )


class Worker:
    """What one process keeps between memos."""

    model: Judge
    decoder: Decoder


def start_worker(limits: Limits) -> None:
    """Make a process ready: its model, its decoder, and an end when the service ends."""
    from sottovoce.analysis.pipeline import load_model

    Thread(target=end_with_parent, daemon=True).start()
    Worker.model = load_model(DEFAULT_MODEL)
    Worker.decoder = Decoder(limits).__enter__()


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def hear(sound: bytes) -> Heard:
    """In a process of the pool: one memo's analysis, or why there is none."""
    from sottovoce.analysis.pipeline import analyze
    from sottovoce.analysis.wire import analysis_to_wire

    try:
        found = analyze(sound, model=Worker.model, decoder=Worker.decoder, name=CALLED)
    except SottovoceError as trouble:
        return Heard(trouble=trouble.type)
    return Heard(analysis_to_wire(found))
