"""How much a request may bring, and how long it may take to bring it."""

import asyncio
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PART_WITHIN, WHOLE_WITHIN = 20.0, 300.0


class BodyLimit:
    """Refuses a body of more than `most(headers)` bytes with 413 while it comes in, whether it said its length or not.

    One that stops coming, or comes for very long, is refused with 408: whoever sends a byte a minute would hold memory.
    """

    def __init__(self, app: ASGIApp, most: Callable[[dict[bytes, bytes]], int]) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_body(scope):
            return await self.app(scope, receive, send)
        came, is_whole = 0, False
        most = self.most(dict(scope["headers"]))
        until = asyncio.get_running_loop().time() + WHOLE_WITHIN

        async def counted() -> Message:
            nonlocal came, is_whole
            if is_whole:
                return await receive()
            try:
                left = until - asyncio.get_running_loop().time()
                message = await asyncio.wait_for(receive(), min(PART_WITHIN, left))
            except TimeoutError as error:
                raise HTTPException(408) from error
            came += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if came > most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)
        return None


def has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def has_files(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")


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
