"""Taking along all that is kept about oneself."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from kit.paths import Router
from web.clients.diaries.archives import Archive, Archives
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn

routes = Router(prefix="/profile/archive")


class ShowArchive(Shown, template="archives/show.html"):
    """The newest; None when there is none."""

    archive: Archive | None


@routes.get("")
async def show(visit: SignedIn) -> Response:
    archives = await visit.ask(Archives).mine()
    return render(visit, ShowArchive(archive=archives[0] if archives else None))


@routes.post("")
async def ask(visit: SignedIn) -> Response:
    await visit.ask(Archives).ask_for()
    return done(visit.request, "archive_asked", "/profile/archive")


@routes.get("/{archive_id}/{part}")
async def fetch(visit: SignedIn, archive_id: UUID, part: Annotated[int, Path(ge=1, le=10_000)]) -> Response:
    content = await visit.ask(Archives).part(archive_id, part)
    headers = {"content-disposition": f'attachment; filename="staffroom-{part}.zip"', "cache-control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)
