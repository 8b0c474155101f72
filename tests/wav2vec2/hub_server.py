"""A hub on this machine: the few addresses that fetching a checkpoint asks for, over real HTTP."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves a folder as ``owner/name``; ``broken`` names what goes wrong.

    ``torn``: half of each weights file, as if that were all of it. ``cut``: the connection ends
    halfway, once. ``gated``, ``failing``: every answer is that refusal.
    """

    def __init__(self, folder: Path, broken: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.folder, self.broken = folder, broken
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """One request."""

    server: Hub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(body=True)

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def answer(self, body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        self.server.asked.append(f"{self.command} {path}")
        resolve = f"/owner/name/resolve/{COMMIT}/"
        if self.server.broken == "gated":
            self.send(403, b"", {"X-Error-Code": "GatedRepo", "X-Error-Message": "Ask for access"})
        elif self.server.broken == "failing":
            self.send(500, b"", {})
        elif path == "/api/models/owner/name":
            self.send(200, json.dumps(self.about()).encode(), {"Content-Type": "application/json"})
        elif path == f"/api/models/owner/name/tree/{COMMIT}":
            self.send(200, json.dumps(self.tree()).encode(), {"Content-Type": "application/json"})
        elif path == f"/api/models/owner/name/revision/{COMMIT}":
            self.send(200, json.dumps(self.about()).encode(), {"Content-Type": "application/json"})
        elif path.startswith(resolve) and (self.server.folder / path[len(resolve) :]).is_file():
            self.file(self.server.folder / path[len(resolve) :], body)
        else:
            self.send(404, b"", {"X-Error-Code": "RepoNotFound"})

    def about(self) -> dict[str, object]:
        files = [{"rfilename": one.name, "size": one.stat().st_size} for one in self.files()]
        return {"id": "owner/name", "sha": COMMIT, "siblings": files}

    def tree(self) -> list[dict[str, object]]:
        return [
            {"type": "file", "path": one.name, "size": one.stat().st_size, "oid": "0" * 40}
            for one in self.files()
        ]

    def files(self) -> list[Path]:
        return sorted(self.server.folder.iterdir())

    def file(self, path: Path, body: bool) -> None:
        content = path.read_bytes()
        told = {
            "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
            "X-Repo-Commit": COMMIT,
            "Accept-Ranges": "bytes",
        }
        heavy = path.suffix == ".safetensors"
        if body and heavy and self.server.broken == "torn":
            self.send(200, content[: len(content) // 2], told)
        elif body and heavy and self.server.broken == "cut":
            self.server.broken = ""
            self.send(200, content, told, sent=len(content) // 2)
        else:
            begin = int(self.headers.get("Range", "bytes=0-")[6:].split("-")[0])
            ranged = {"Content-Range": f"bytes {begin}-{len(content) - 1}/{len(content)}"}
            self.send(206 if begin else 200, content[begin:], told | (ranged if begin else {}))

    def send(self, status: int, content: bytes, headers: dict[str, str], sent: int = -1) -> None:
        self.send_response(status)
        for name, text in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, text)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content if sent < 0 else content[:sent])
        self.close_connection = self.close_connection or sent >= 0

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed; ``asked`` has it."""


@contextmanager
def hub(folder: Path, broken: str = "") -> Iterator[Hub]:
    """The hub, until the block ends."""
    with Hub(folder, broken) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
