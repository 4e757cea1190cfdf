"""What programs look for at the address of the house: answered by the services."""

from contextlib import suppress
from typing import Annotated

import httpx
from fastapi import Path, Request, Response
from starlette.exceptions import HTTPException

from kit.client import Client, Refused
from kit.paths import Router
from web.shared import SERVICES, Shared

ProblemName = Annotated[str, Path(pattern="^[a-z-]{1,60}$")]

routes = Router()


@routes.get("/.well-known/oauth-authorization-server")
async def oauth_server(request: Request) -> Response:
    """OAuth's description of the house, whose address is the issuer's (RFC 8414)."""
    return passed_on(await asked(request, "clusters", "/.well-known/oauth-authorization-server"))


@routes.get("/problems/{name}")
async def problem(request: Request, name: ProblemName) -> Response:
    """What a refusal means, from the service that knows it."""
    for service in SERVICES:
        with suppress(Refused):
            return passed_on(await asked(request, service, f"/problems/{name}"))
    raise HTTPException(404)


async def asked(request: Request, service: str, path: str) -> httpx.Response:
    shared: Shared = request.app.state.shared
    headers = {"accept": request.headers.get("accept", "")}
    return await Client(shared.http, shared.url_of(service)).send("GET", path, headers=headers)


def passed_on(answer: httpx.Response) -> Response:
    headers = {name: answer.headers[name] for name in ("content-type", "vary", "etag") if name in answer.headers}
    return Response(answer.content, headers=headers)
