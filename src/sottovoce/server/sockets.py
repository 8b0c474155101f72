"""Sockets as uvicorn speaks them, with the patience that uvicorn lacks."""

import asyncio

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

STUCK_S = 20.0
CLOSING_S = 3.0


class PatientSocket(WebSocketsSansIOProtocol):
    """Drops a line that does not take what is sent, or does not answer a farewell."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        super().connection_made(transport)
        self.close_timeout = CLOSING_S
        self._stuck: asyncio.TimerHandle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        self._unstick()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """What was sent is not taken: wait a while, not for ever."""
        super().pause_writing()
        self._stuck = self.loop.call_later(STUCK_S, self.transport.abort)

    def resume_writing(self) -> None:
        """It is taken again."""
        self._unstick()
        super().resume_writing()

    def _unstick(self) -> None:
        if self._stuck:
            self._stuck.cancel()
