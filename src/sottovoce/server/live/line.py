"""One connection: messages in, one after another; events out, while the next is heard."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.websockets import WebSocket, WebSocketDisconnect

from sottovoce.server.live.farewells import DONE, close_code, error_event
from sottovoce.server.problems import Problem

MOST_FAULTS = 16
"""Messages that could not be taken, before the line is closed."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """The last that is said on a line: the code it is closed with."""

    code: int


class Line:
    """A socket that was accepted; ``left`` when the other side closed it in good order.

    Parameters
    ----------
    socket
        The connection.
    request_id
        Finds it in the log.
    idle_s
        How long nothing may come, in seconds.
    """

    def __init__(self, socket: WebSocket, request_id: str, idle_s: float) -> None:
        self._socket, self._request_id, self._idle_s = socket, request_id, idle_s
        self._outbox: asyncio.Queue[str | Farewell] = asyncio.Queue()
        self._faults = 0
        self.closing = self.left = False

    def say(self, event: str) -> None:
        """Send an event when its turn comes."""
        self._outbox.put_nowait(event)

    def tell(self, problem: Problem) -> None:
        """Send an error; after too many of them, close."""
        self.say(error_event(problem, self._request_id))
        self._faults += 1
        if self._faults >= MOST_FAULTS:
            self.leave(Problem("too_many_faults"))

    def leave(self, why: Problem | None = None) -> None:
        """Close when all was sent, telling why unless all is well."""
        if self.closing:
            return
        self.closing = True
        if why:
            self.say(error_event(why, self._request_id))
        self._outbox.put_nowait(Farewell(close_code(why) if why else DONE))

    async def run(self, take: Callable[[str | bytes], Awaitable[None]]) -> None:
        """Hand over what comes until the line is closed by either side."""
        writer = asyncio.create_task(self._write())
        try:
            while not self.closing and (message := await self._next()) is not None:
                await take(message)
            if self.closing:
                await writer
        finally:
            writer.cancel()

    async def _next(self) -> str | bytes | None:
        """What comes next; None where nothing more will."""
        try:
            async with asyncio.timeout(self._idle_s):
                message = await self._socket.receive()
        except TimeoutError:
            self.leave(Problem("idle"))
            return None
        if message["type"] == "websocket.disconnect":
            self.left = message["code"] == DONE and not self.closing
            return None
        text: str | None = message.get("text")
        sound: bytes = message.get("bytes") or b""
        return sound if text is None else text

    async def _write(self) -> None:
        with suppress(WebSocketDisconnect):
            while isinstance(said := await self._outbox.get(), str):
                await self._socket.send_text(said)
            await self._socket.close(said.code)
