"""The route class of every service: one transaction per request, idempotency keys, and `ETag`s on what is read."""

import hashlib
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Annotated, Any, TypeVar

import orjson
import structlog
from fastapi import Header, Request
from fastapi.params import File, Form
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.responses import StreamingResponse

from kit import idempotency
from kit.clock import happening
from kit.db import transaction_of
from kit.happened import said_by
from kit.identity import GUEST, acting, acting_client, identify
from kit.limits import has_body
from kit.paths import Router
from kit.problems import BadRequest, Changed, PreconditionRequired, UnsupportedMediaType
from kit.tags import tags_in

ETAG_BYTES = 12
JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
KEPT_BY_304 = ("cache-control", "content-location", "etag", "expires", "vary")

E = TypeVar("E", bound=Callable[..., Any])


class Route(APIRoute):
    """Opens the request's transaction, and commits it when the answer is ready and before it leaves.

    A dependency with FastAPI's default exit commits after the client has its 201, and cannot tell it of a failure.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        takes = media_type_of(self)

        async def run(request: Request) -> Response:
            request.state.actor = GUEST if hasattr(self.endpoint, "takes_basic") else await identify(request)
            acting_client.set(request.state.actor.client)
            acting.set(None)
            structlog.contextvars.bind_contextvars(actor=request.state.actor.key)
            refuse_other_content(request, takes)
            answer = await in_transaction(request, handle, self.endpoint)
            if answer.status_code == 201 and hasattr(self.endpoint, "location"):
                made = request.path_params | orjson.loads(answer.body)
                answer.headers["Location"] = self.endpoint.location.format_map(made)
            return conditional(request, answer) if request.method == "GET" else answer

        return run


async def in_transaction(
    request: Request, handle: Callable[[Request], Coroutine[Any, Any, Response]], endpoint: Callable[..., Any]
) -> Response:
    """What `handle` answers, committed; or what it answered to the same idempotency key before."""
    async with AsyncExitStack() as unit:
        unit.enter_context(happening(said_by(request.state.actor, request)))
        request.state.unit, request.state.db, request.state.writes = unit, None, False
        row, earlier = await idempotency.claim(request, endpoint)
        if earlier is not None:
            return earlier
        answer = await handle(request)
        if row is not None:
            await idempotency.keep(await transaction_of(request), row, answer, endpoint)
        return answer


def located(path: str) -> Callable[[E], E]:
    """Marks a route that makes something: `path`, filled from its own path and its answer, is where to read that."""

    def mark(endpoint: E) -> E:
        endpoint.location = path  # type: ignore[attr-defined]
        return endpoint

    return mark


def takes_basic(endpoint: E) -> E:
    """Marks a route that looks at `Authorization` itself (a client's id and secret): nobody is signed in there."""
    endpoint.takes_basic = True  # type: ignore[attr-defined]
    return endpoint


def media_type_of(route: APIRoute) -> str | None:
    """What the bodies are of that this route takes; None where it takes none."""
    if route.body_field is None:
        return None
    kind = route.body_field.field_info
    return FILES if isinstance(kind, File) else FORM if isinstance(kind, Form) else JSON


def media_type_told(request: Request) -> str:
    """The `Content-Type` without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def refuse_other_content(request: Request, takes: str | None) -> None:
    """Raise UnsupportedMediaType for a body of another kind than the route takes, or of none that is told."""
    if takes is None or not has_body(request.scope):
        return
    kind = media_type_told(request)
    is_json = takes == JSON and kind.startswith("application/") and kind.endswith("+json")
    if (kind != takes and not is_json) or request.headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType(takes=takes)


def conditional(request: Request, answer: Response) -> Response:
    """Give a read an `ETag`; answer 304 when the reader has this very version already."""
    if answer.status_code != 200 or isinstance(answer, StreamingResponse):
        return answer
    tag = answer.headers.get("etag")
    if tag is None:
        version = f"{request.state.version}." if hasattr(request.state, "version") else ""
        tag = f'"{version}{hashlib.blake2b(answer.body, digest_size=ETAG_BYTES).hexdigest()}"'
        answer.headers["ETag"] = tag
    if not _known(request.headers.getlist("if-none-match"), tag):
        return answer
    kept = {name: answer.headers[name] for name in KEPT_BY_304 if name in answer.headers}
    return Response(status_code=304, headers=kept)


def _known(headers: list[str], tag: str) -> bool:
    """Whether the reader names this tag; what cannot be read names nothing."""
    if not headers:
        return False
    try:
        known = tags_in(",".join(headers))
    except ValueError:
        return False
    return known.any or bool(tags_in(tag).all & known.all)


def router(prefix: str, *tags: str) -> Router:
    return Router(prefix=prefix, tags=list(tags), route_class=Route)


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
    """Raise Changed unless `if_match` names this version, PreconditionRequired when it is missing.

    A weak tag (`W/"3"`) names no version: it promises less than being the same.
    """
    if if_match is None:
        raise PreconditionRequired
    try:
        tags = tags_in(if_match)
    except ValueError as error:
        raise BadRequest('If-Match takes * or a list of quoted tags, as "3"') from error
    if not tags.any and str(version) not in {tag.partition(".")[0] for tag in tags.strong}:
        raise Changed(version=version)
