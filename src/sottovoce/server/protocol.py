"""HTTP/1.1 as uvicorn speaks it, with the patience that uvicorn lacks.

A connection that owes us bytes is closed: one that sends no whole head within ten seconds, one
whose body comes slower than a slow line would bring it, one that does not take its answer.
"""

import asyncio
import json
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from sottovoce.server.problems import MEDIA_TYPE, body_of

GLANCE_S = 5.0
HEAD_S = 10.0
SLOWEST_BYTES_PER_S = 1_000
STUCK_S = 20.0


class PatientProtocol(H11Protocol):
    """Looks at its connection every five seconds and closes one that keeps it waiting."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._came_bytes = self._seen_bytes = 0
        self._owing_s = self._stuck_s = 0.0
        self._left_bytes = 0
        self._glance = self.loop.call_later(GLANCE_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        self._glance.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes."""
        self._came_bytes += len(data)
        super().data_received(data)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """A socket has a patience of its own."""
        self._glance.cancel()
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - its words may be theirs
        """What is no HTTP is answered with a problem too, not with a sentence of the parser."""
        body = json.dumps(body_of("bad_request", "none", {})).encode()
        head = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        answer = h11.Response(status_code=400, headers=head, reason=b"Bad Request")
        for event in (answer, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event))
        self.transport.close()

    def _look(self) -> None:
        came = self._came_bytes - self._seen_bytes
        self._seen_bytes = self._came_bytes
        self._owing_s = self._owing_s + GLANCE_S if self._owes(came) else 0.0
        self._stuck_s = self._stuck_s + GLANCE_S if self._is_stuck() else 0.0
        if self._owing_s >= HEAD_S or self._stuck_s >= STUCK_S:
            self.transport.abort()
        else:
            self._glance = self.loop.call_later(GLANCE_S, self._look)

    def _owes(self, came: int) -> bool:
        """Whether the other side is to send, and has not sent enough since the last look."""
        state: Any = self.conn.their_state
        if state is h11.IDLE:
            return True
        too_slow = came < SLOWEST_BYTES_PER_S * GLANCE_S
        return state is h11.SEND_BODY and too_slow and not self.flow.read_paused

    def _is_stuck(self) -> bool:
        """Whether an answer waits to be taken, and nothing of it was since the last look."""
        left = self.transport.get_write_buffer_size()
        stuck = left > 0 and left == self._left_bytes
        self._left_bytes = left
        return stuck
