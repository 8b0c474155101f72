"""What ``sottovoce worker`` does: run the jobs that Procrastinate brings, until told to stop.

A worker that dies is noticed by its heartbeat; a task of ours then has its jobs delivered again, as
Procrastinate's documentation asks for. A job delivered twice is run once: the lease decides.
"""

import asyncio
import logging
import signal
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sottovoce.jobs import records
from sottovoce.jobs.delivery import FORGET, HEAR, QUEUE, Carrier, procrastinate
from sottovoce.jobs.errors import UnknownJobError
from sottovoce.jobs.running import Runner
from sottovoce.jobs.shared import SharedQueue

if TYPE_CHECKING:
    from procrastinate import App

AGAIN_S = 1.0
AFTER_A_FAULT_S = 30

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watch:
    """Signs of life of a worker, in seconds; ``cron`` says when to look for those without."""

    heartbeat_s: float = 10.0
    stalled_s: float = 30.0
    cron: str = "* * * * *"


class Tending:
    """Runs what is delivered, a job in each thread.

    Parameters
    ----------
    queue
        Where the jobs are.
    runner
        Runs them.
    """

    def __init__(self, queue: SharedQueue, runner: Runner) -> None:
        self.queue = queue
        self.runner = runner
        self.carrier = Carrier()

    def hear(self, owner: str, job_id: str, size_bytes: int) -> None:
        """See to a job until it has ended, here or elsewhere; where we stop, send it on."""
        while not self._ended(owner, job_id):
            if self.runner.stopped:
                self._send_on(owner, job_id, size_bytes)
                return
            if not self.runner.run(owner, job_id) or self._is_held(owner, job_id):
                time.sleep(AGAIN_S)
        self._forget_later(owner)

    def forget(self, owner: str) -> None:
        """Forget what an owner's jobs have left a day ago."""
        with self.queue.journal_of(owner).writing() as owned:
            records.forget_old(owned, self.queue.clock())

    def _ended(self, owner: str, job_id: str) -> bool:
        try:
            return self.queue.find(owner, job_id).ended
        except UnknownJobError:
            return True

    def _is_held(self, owner: str, job_id: str) -> bool:
        with self.queue.journal_of(owner).reading() as owned:
            return records.lease_of(owned, job_id) is not None

    def _send_on(self, owner: str, job_id: str, size_bytes: int) -> None:
        with self.queue.journal_of(owner).writing() as owned:
            self.carrier.send(owned, job_id, size_bytes)

    def _forget_later(self, owner: str) -> None:
        with self.queue.journal_of(owner).writing() as owned:
            self.carrier.send_later(owned, records.KEPT + timedelta(minutes=1))


def app_of(url: str, tending: Tending, watch: Watch) -> "App":
    """Procrastinate's app with our tasks."""
    package = procrastinate()
    app: App = package.App(connector=package.PsycopgConnector(conninfo=url))
    again = package.RetryStrategy(wait=AFTER_A_FAULT_S)

    @app.task(name=HEAR, queue=QUEUE, retry=again)
    async def hear(owner: str, job_id: str, size_bytes: int) -> None:
        await asyncio.to_thread(tending.hear, owner, job_id, size_bytes)

    @app.task(name=FORGET, queue=QUEUE, retry=again)
    async def forget(owner: str) -> None:
        await asyncio.to_thread(tending.forget, owner)

    @app.periodic(cron=watch.cron)
    @app.task(name="sottovoce.stalled", queue=QUEUE, queueing_lock="sottovoce.stalled")
    async def stalled(timestamp: int) -> None:  # noqa: ARG001 - as Procrastinate calls it
        manager = app.job_manager
        left = manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=watch.stalled_s)
        for job in await left:
            await manager.retry_job(job)

    return app


async def tend(
    app: "App", tending: Tending, watch: Watch, patience_s: float, concurrency: int
) -> None:
    """Work until SIGINT or SIGTERM; then end what runs within ``patience_s``, or send it on."""
    loop, work = asyncio.get_running_loop(), asyncio.current_task()

    def leave() -> None:
        loop.call_later(patience_s, tending.runner.stop)
        if work is not None:
            work.cancel()

    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, leave)
    async with app.open_async():
        try:
            await app.run_worker_async(
                queues=[QUEUE],
                concurrency=concurrency,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=watch.heartbeat_s,
                stalled_worker_timeout=watch.stalled_s,
            )
        except asyncio.CancelledError:
            log.info("stopped")


def work(
    url: str,
    queue: SharedQueue,
    runner: Runner,
    *,
    patience_s: float,
    watch: Watch | None = None,
) -> None:
    """Run jobs until told to stop.

    Parameters
    ----------
    url
        The address of the journal's server.
    queue
        Where the jobs are.
    runner
        Runs them; as many at once as its pool has workers.
    patience_s
        How long what runs may go on after SIGTERM or SIGINT.
    watch
        Signs of life.
    """
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # its words name owners
    queue.start()
    tending, watch = Tending(queue, runner), watch or Watch()
    app = app_of(url, tending, watch)
    asyncio.run(tend(app, tending, watch, patience_s, runner.pool.workers))
