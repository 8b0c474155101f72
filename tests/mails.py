"""A real mail server on this machine, for what is sent by alerts."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from services import free_port


class Box:
    """A mail server's handler that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        content = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[attr-defined]
        self.mails.append((list(envelope.rcpt_tos), content))  # type: ignore[attr-defined]
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[tuple[Box, str]]:
    """What it was given, and the Apprise address that leads there."""
    box, port = Box(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        sent = "from=sottovoce@example.org&to=me@example.org&mode=insecure"
        yield box, f"mailto://127.0.0.1:{port}/?{sent}"
    finally:
        controller.stop()
