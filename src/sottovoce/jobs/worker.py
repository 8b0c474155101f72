"""The parent's hold on one worker process: start it, hand it a recording, end it."""

import threading
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from sottovoce.jobs.errors import WorkerDiedError
from sottovoce.jobs.hearing import Answer, Request, serve

STARTING_S = 60.0
"""Beside the length of the sound: how long a process may take to start and open a model."""


class Worker:
    """One worker process, started when it is needed and replaced when it has ended.

    One thread at a time may ask; any thread may kill.
    """

    def __init__(self) -> None:
        self._context = get_context("spawn")
        self._share = self._context.Value("d", 0.0, lock=False)
        self._changing = threading.Lock()
        self._retired = False
        self._process: Any = None
        self._channel: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process; None where there is none now."""
        process = self._process
        return process.pid if process is not None else None

    @property
    def share_heard(self) -> float:
        """Which share of the present recording was read, 0..1."""
        return float(self._share.value)

    def ask(self, request: Request, sound: bytes) -> Answer:
        """Hand over a recording and wait for what is said of it.

        Raises
        ------
        WorkerDiedError
            The process ended first, was killed, or took longer than the sound may last.
        """
        try:
            channel = self._started()
            channel.send(request)
            if not request.warming:
                channel.send_bytes(sound)
            if not channel.poll(STARTING_S + request.max_duration_s):
                raise TimeoutError
            answer: Answer = channel.recv()
        except (OSError, EOFError) as ended:
            self.forget()
            raise WorkerDiedError(
                "the process that heard this recording ended before it could answer; send it again"
            ) from ended
        if answer.last:
            self.forget()
        return answer

    def _started(self) -> Connection:
        with self._changing:
            if self._retired:
                raise BrokenPipeError
            if self._channel is not None and self._process.is_alive():
                return self._channel
            self._forget()
            self._share.value = 0.0
            self._channel, theirs = self._context.Pipe()
            with theirs:
                self._process = self._context.Process(
                    target=serve, args=(theirs, self._share), name="sottovoce-ear", daemon=True
                )
                self._process.start()
            return self._channel

    def kill(self) -> None:
        """End the process now; nothing in it needs saving, and the next question starts another."""
        with self._changing:
            if self._process is not None:
                self._process.kill()

    def retire(self) -> None:
        """End the process, and start no other."""
        self._retired = True
        self.kill()

    def forget(self) -> None:
        """Be rid of the process and of the channel to it; for the thread that asks."""
        with self._changing:
            self._forget()

    def _forget(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._channel is not None:
            self._channel.close()
        self._process = self._channel = None
