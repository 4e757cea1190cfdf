"""Which methods an address takes: HEAD wherever GET, and `Allow` for who tries another."""

from fastapi import Request
from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """Answers HEAD as GET is answered, guards and headers included, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self.app(scope, receive, send)
        answered = False

        async def without_body(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                await send(message)
                await send({"type": "http.response.body"})

        async def until_answered() -> Message:
            # A stream without an end stops when its reader is gone.
            return {"type": "http.disconnect"} if answered else await receive()

        # A copy: the server keeps the scope, and counts the bytes of an answer to GET.
        as_get = dict(scope) | {"method": "GET"}
        try:
            await self.app(as_get, until_answered, without_body)
        finally:
            scope["route"] = as_get.get("route")  # for the log line and the metrics (kit.observe)
        return None


def allow(request: Request) -> dict[str, str]:
    """`Allow` with the methods of every route at this address."""
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.path_regex.match(request.url.path):
            methods |= route.methods or {"GET"}  # a folder of files has no methods of its own
    if "GET" in methods:
        methods.add("HEAD")
    return {"Allow": ", ".join(sorted(methods))}
