"""How much a request may bring."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses a body of more than `most` bytes with 413 while it comes in, whether it said its length or not.

    A form with files may bring `most_with_files`.
    """

    def __init__(self, app: ASGIApp, most: int, most_with_files: int) -> None:
        self.app, self.most, self.most_with_files = app, most, most_with_files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came = 0
        kind = dict(scope.get("headers", ())).get(b"content-type", b"")
        most = self.most_with_files if kind.startswith(b"multipart/form-data") else self.most

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted if scope["type"] == "http" else receive, send)


class PlainCookies:
    """Takes backslashes out of the cookies that come in: ours have none, and Python's reader takes seconds for many.

    That is CVE-2024-7592, in the oldest Python that we run on; FastAPI reads the cookies of every request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = scope["headers"]
            scope["headers"] = [(name, v.replace(b"\\", b"") if name == b"cookie" else v) for name, v in headers]
        await self.app(scope, receive, send)
