"""What every answer and every form of web is held to: where it came from, and what the page may load."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class Guard:
    """Refuses forms that another site sends (Fetch Metadata, else Origin), and sets the security headers."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self.app = app
        self.origin = public_url
        headers = HEADERS | (HTTPS_ONLY if public_url.startswith("https://") else {})
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name for name, _ in message["headers"]}
                message["headers"].extend(header for header in self.headers if header[0] not in said)
            await send(message)

        if scope["method"] not in SAFE and not self._from_here(scope):
            refusal = PlainTextResponse("This form was sent from another site, so it was not taken.", 403)
            return await refusal(scope, receive, sending)
        await self.app(scope, receive, sending)
        return None

    def _from_here(self, scope: Scope) -> bool:
        headers = {name: value.decode("latin1") for name, value in scope["headers"]}
        origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
        if origin == self.origin:
            return True
        if site:
            return site in ("same-origin", "none")
        return origin is None or origin.partition("://")[2] == headers.get(b"host")
