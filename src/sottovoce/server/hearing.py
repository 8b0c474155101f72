"""Memos are heard in the workers of :mod:`sottovoce.jobs`, while the event loop goes on."""

import asyncio
from typing import Any

from sottovoce.errors import InputError
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobOptions
from sottovoce.server.metrics import Metrics


class Ears:
    """The pool as the event loop uses it; ``ready`` once every process has its model."""

    def __init__(self, pool: Pool, metrics: Metrics) -> None:
        self.pool = pool
        self.ready = False
        self._metrics = metrics

    @property
    def have_room(self) -> bool:
        """Whether another memo would be taken."""
        return self.pool.waiting < self.pool.places

    async def warm(self) -> None:
        """Start the processes, and wait until each has its model."""
        await asyncio.gather(*map(asyncio.wrap_future, self.pool.warm()))
        self.ready = True

    async def hear(self, sound: bytes, options: JobOptions) -> dict[str, Any]:
        """The analysis of a memo as JSON values, while who sent it waits.

        Raises
        ------
        InputError
            It could not be read, or is too long.
        QueueFullError
            Too many wait already.
        """
        try:
            with self._metrics.analyses.time():
                analysis = await asyncio.wrap_future(self.pool.analyze(sound, options))
        except InputError as unread:
            self._metrics.unread.labels(unread.type).inc()
            raise
        self._metrics.heard.inc(analysis["recording"]["duration_s"])
        return analysis
