"""The route class of every service: one transaction per request, idempotency keys, and `ETag`s on what is read."""

import hashlib
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.responses import StreamingResponse

from kit import idempotency
from kit.clock import happening
from kit.happened import said_by
from kit.identity import identify
from kit.problems import Changed, PreconditionRequired

ETAG_BYTES = 12


class Route(APIRoute):
    """Opens the request's transaction, and commits it when the answer is ready and before it leaves.

    A dependency with FastAPI's default exit commits after the client has its 201, and cannot tell it of a failure.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            request.state.actor = await identify(request)
            structlog.contextvars.bind_contextvars(actor=request.state.actor.key)
            async with AsyncExitStack() as unit:
                unit.enter_context(happening(said_by(request.state.actor, request)))
                request.state.unit, request.state.session = unit, None
                row, answer = await idempotency.claim(request)
                if answer is not None:
                    return answer
                answer = await handle(request)
                if row is not None:
                    await idempotency.keep(request.state.session, row, answer, self.endpoint)
            return conditional(request, answer) if request.method == "GET" else answer

        return run


def conditional(request: Request, answer: Response) -> Response:
    """Give a read an `ETag`; answer 304 when the reader has this very version already."""
    if answer.status_code != 200 or isinstance(answer, StreamingResponse):
        return answer
    tag = answer.headers.get("etag")
    if tag is None:
        version = f"{request.state.version}." if hasattr(request.state, "version") else ""
        tag = f'"{version}{hashlib.blake2b(answer.body, digest_size=ETAG_BYTES).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    answer.headers["ETag"] = tag
    return answer


def router(prefix: str, *tags: str) -> APIRouter:
    return APIRouter(prefix=prefix, tags=list(tags), route_class=Route)


def versioned(request: Request, version: int) -> None:
    """Begin the `ETag` of this answer with the version, so that it can be sent back as `If-Match` as it is."""
    request.state.version = version


IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match", description='The version that was read: its `ETag`, or its number as `"3"`', examples=['"3"']
    ),
]


def matched(version: int, if_match: str | None) -> None:
    """Raise Changed unless `if_match` names this version, PreconditionRequired when it is missing."""
    if if_match is None:
        raise PreconditionRequired
    tags = {tag.strip().removeprefix("W/").strip('"').partition(".")[0] for tag in if_match.split(",")}
    if not tags & {str(version), "*"}:
        raise Changed(version=version)
