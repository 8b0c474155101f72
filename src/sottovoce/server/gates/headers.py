"""Headers that tell a browser to keep its doors shut (OWASP ASVS 5.0, 3.4)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT_NOWHERE = "no-store"
A_YEAR_S = 31_536_000


class Headers:
    """Adds the headers to every answer; over TLS, also that it is never to be left.

    Nothing is kept by a browser unless the answer itself says so.
    """

    def __init__(self, app: ASGIApp, by_tls: bool) -> None:
        self.app = app
        tls = {"Strict-Transport-Security": f"max-age={A_YEAR_S}"} if by_tls else {}
        self.always = {**ALWAYS, **tls}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                headers.update(self.always)
                headers.setdefault("Cache-Control", KEPT_NOWHERE)
            await send(message)

        await self.app(scope, receive, send_with_headers)
