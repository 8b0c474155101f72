"""Run the service until it is told to stop."""

import gc
import socket
from collections.abc import Callable

import uvicorn
from anyio import to_thread
from fastapi import FastAPI

from sottovoce.server.house import House
from sottovoce.server.logs import LOG_CONFIG
from sottovoce.server.protocol import PatientProtocol
from sottovoce.server.settings import KIB, ServerSettings
from sottovoce.server.sockets import PatientSocket

STOPPING_S = 20
KEEP_ALIVE_S = 5
CONNECTIONS = 256
SOCKET_FRAME_BYTES = 64 * KIB


class Server(uvicorn.Server):
    """Uvicorn's, but it says when it can be reached, and tells sockets before they are closed."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, and say so.

        What was imported stays for good: the collector need not look through it at each of its
        rounds, which fall into the making of answers.
        """
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        if self.started:
            await to_thread.run_sync(self.ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye, then end as uvicorn does."""
        house: House = self.config.app.state.house  # type: ignore[union-attr]
        await house.room.shut()
        await super().shutdown(sockets)


def run(app: FastAPI, settings: ServerSettings, ready: Callable[[], None]) -> None:
    """Serve until a signal; then take no more, and finish what was begun within 20 seconds.

    ``ready`` is called once the service listens.

    Raises
    ------
    SottovoceError
        It could not start.
    """
    try:
        Server(config_for(app, settings), ready).run()
    finally:
        if trouble := getattr(app.state, "trouble", None):
            raise trouble


def config_for(app: FastAPI, settings: ServerSettings) -> uvicorn.Config:
    """Uvicorn, less open than it is by itself."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=PatientProtocol,
        log_config=LOG_CONFIG,
        access_log=False,
        server_header=False,
        proxy_headers=settings.behind_proxy,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOPPING_S,
        ws=PatientSocket,
        ws_max_size=SOCKET_FRAME_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # a pong waits behind unheard sound; silence is watched instead
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
    )
