"""Run the service until it is told to stop."""

from collections.abc import Callable
from socket import socket

import uvicorn
from anyio import to_thread
from fastapi import FastAPI

from sottovoce.server.logs import LOG_CONFIG
from sottovoce.server.protocol import PatientProtocol
from sottovoce.server.settings import KIB, ServerSettings

STOPPING_S = 20
KEEP_ALIVE_S = 5
CONNECTIONS = 256
SOCKET_FRAME_BYTES = 64 * KIB


class Announced(uvicorn.Server):
    """A server that says when it can be reached."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start to listen, and say so."""
        await super().startup(sockets)
        if self.started:
            await to_thread.run_sync(self.ready)


def run(app: FastAPI, settings: ServerSettings, ready: Callable[[], None]) -> None:
    """Serve until a signal; then take no more, and finish what was begun within 20 seconds.

    ``ready`` is called once the service listens.
    """
    Announced(config_for(app, settings), ready).run()


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
        ws="websockets-sansio",
        ws_max_size=SOCKET_FRAME_BYTES,
        ws_per_message_deflate=False,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
    )
