import asyncio
from collections.abc import Mapping

from fastapi import Response

from kit.client import Refused
from kit.paths import Router
from kit.version import VERSION
from web.clients.operations import Bounces, DeadLetters, Operations, PostOffice
from web.render import done, render
from web.shared import SERVICES
from web.shown import Shown
from web.visit import SignedIn, if_there

routes = Router(prefix="/operations")


class ListDeadLetters(Shown, template="operations/index.html"):
    """`letters` by service; None for one that is away, as `post` is."""

    post: Bounces | None
    letters: Mapping[str, DeadLetters | None]
    version: str


@routes.get("")
async def index(visit: SignedIn, service: str = "", after: str | None = None) -> Response:
    """Jobs that failed for good, for who may replay them; `after` goes on in the list of one service."""
    asked = [if_there(visit.ask(Operations, one).dead_letters(after if one == service else None)) for one in SERVICES]
    post, *found = await asyncio.gather(if_there(visit.ask(PostOffice).bounces()), *asked)
    letters = dict(zip(SERVICES, found, strict=True))
    return render(visit, ListDeadLetters(post=post, letters=letters, version=VERSION))


@routes.post("/{service}/{job_id}/replay")
async def replay(visit: SignedIn, service: str, job_id: int) -> Response:
    if service not in SERVICES:
        raise Refused(404)
    await visit.ask(Operations, service).replay(job_id)
    return done(visit.request, "letter_replayed", "/operations")


@routes.post("/{service}/{job_id}/drop")
async def drop(visit: SignedIn, service: str, job_id: int) -> Response:
    if service not in SERVICES:
        raise Refused(404)
    await visit.ask(Operations, service).drop(job_id)
    return done(visit.request, "letter_dropped", "/operations")
