"""An alert reaches a server that takes what ntfy documents, and nothing else."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from sottovoce.alerting.delivery import DeliveryError, check_address, deliver
from sottovoce.insights.alerts.telling import Alert

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

ALERT = Alert("rising_stress", "Your voice sounded tenser …", "Rule rising_stress\nWhy: 9 days")
KNOWN = {
    "topic", "message", "title", "tags", "priority", "actions", "click", "attach", "markdown",
    "icon", "filename", "delay", "email", "call",
}  # fmt: skip
PASSWORD = "secret"


@dataclass
class Ntfy:
    """What a made ntfy server was given; ``locked`` ones want a name and a password.

    It takes JSON as https://docs.ntfy.sh/publish/#publish-as-json says: posted to the root, with a
    topic, and answers with the message it made.
    """

    locked: bool = False
    taken: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, request: BaseHTTPRequestHandler) -> tuple[int, dict[str, Any]]:
        """The status and the JSON that go back."""
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        entry = f"Basic {b64encode(f'me:{PASSWORD}'.encode()).decode()}"
        if self.locked and request.headers["Authorization"] != entry:
            return 403, {"code": 40301, "http": 403, "error": "forbidden"}
        whole = isinstance(body, dict) and isinstance(body.get("topic"), str)
        if request.path != "/" or not whole or not set(body) <= KNOWN:
            return 400, {"code": 40024, "http": 400, "error": "invalid request"}
        self.taken.append(body)
        return 200, {"id": "x", "time": 1, "event": "message", **body}


@pytest.fixture
def ntfy() -> Iterator[tuple[Ntfy, str]]:
    """A server and its address, without a topic."""
    kept = Ntfy()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, words = kept.answer(self)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(words).encode())

        def log_message(self, *_words: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield kept, f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_an_alert_arrives_under_its_topic(ntfy: tuple[Ntfy, str]) -> None:
    kept, host = ntfy
    check_address(f"ntfy://{host}/my-voice")
    deliver(ALERT, [f"ntfy://{host}/my-voice"])
    (message,) = kept.taken
    assert (message["topic"], message["title"]) == ("my-voice", ALERT.title)
    assert message["message"].strip() == ALERT.body
    assert "attach" not in message


def test_a_locked_topic_wants_the_password_and_it_is_never_told(ntfy: tuple[Ntfy, str]) -> None:
    kept, host = ntfy
    kept.locked = True
    deliver(ALERT, [f"ntfy://me:{PASSWORD}@{host}/my-voice"])
    assert len(kept.taken) == 1
    with pytest.raises(DeliveryError, match="could not be sent by ntfy; check") as trouble:
        deliver(ALERT, [f"ntfy://me:another-{PASSWORD}@{host}/my-voice"])
    assert PASSWORD not in str(trouble.value)
    assert len(kept.taken) == 1
