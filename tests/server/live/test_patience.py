"""A line that does not take what it is sent is dropped, in uvicorn itself."""

import asyncio
import socket
from typing import Any

import pytest
import uvicorn

from services import free_port
from sottovoce.server import sockets

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.mark.parametrize("reads", [True, False])
def test_who_does_not_listen_is_dropped(monkeypatch: pytest.MonkeyPatch, reads: bool) -> None:
    monkeypatch.setattr(sockets, "STUCK_S", 0.5)
    assert asyncio.run(outcome(reads)) == ("all was sent" if reads else "dropped")


async def outcome(reads: bool) -> str:
    """How 32 MB end that are sent to somebody who reads, or does not."""
    ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        try:
            for _ in range(512):
                await send({"type": "websocket.send", "bytes": bytes(64 * 1024)})
            ended.set_result("all was sent")
        except OSError:
            ended.set_result("dropped")

    port = free_port()
    config = uvicorn.Config(
        app, port=port, ws=sockets.PatientSocket, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(HANDSHAKE)
        reading = asyncio.to_thread(read_all, line) if reads else asyncio.sleep(0)
        told, _ = await asyncio.gather(asyncio.wait_for(ended, 60), reading)
    server.should_exit = True
    await serving
    return told


def read_all(line: socket.socket) -> None:
    """Take 32 MB."""
    left = 32 << 20
    while left > 0:
        left -= len(line.recv(1 << 20))
