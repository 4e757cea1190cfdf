from typing import Annotated, Any

from fastapi import Depends, Path, Request
from fastapi.responses import Response

from kit.db import Db, Whole
from kit.idempotency import UnderWay, waits
from kit.media import Media, media_of
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.diaries.archives import actions, queries
from services.diaries.archives.models import Archive, key_of
from services.diaries.archives.schemas import ArchiveOut, ArchivesOut
from services.diaries.entries.routes import asking_as
from services.diaries.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/me/archives", "archives")
asking = allowed(RULES, "archive.ask")
Mine = Annotated[Archive, allowed(RULES, "archive.fetch", queries.archive_by_id)]
ZIP: dict[int | str, dict[str, Any]] = {
    200: {"description": "A part", "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


@routes.get("", response_model=ArchivesOut, dependencies=[asking], responses=documented(Forbidden))
async def list_archives(db: Db, actor: CurrentMember) -> Any:
    """The archives of what is kept about me; each can be fetched for seven days."""
    assert actor.id
    return {"items": await queries.archives_of(db, actor.id)}


@routes.post("", status_code=202, dependencies=[asking], responses=documented(Forbidden, UnderWay))
@waits
async def ask_for_archive(request: Request, database: Whole, actor: CurrentMember) -> ArchiveOut:
    """Have all that is kept about me packed, over all services; I am told when it is there.

    One that was asked for within the hour stands.
    """
    assert actor.id
    near = {name: asking_as(request, name) for name in ("clusters", "events")}
    return await actions.ask_for_archive(database, actor.id, actor.language, near)


@routes.get("/{archive_id}/parts/{part}", response_class=Response, responses=documented(Forbidden, NotFound) | ZIP)
async def show_part(
    archive: Mine, part: Annotated[int, Path(ge=1, le=10_000)], media: Annotated[Media, Depends(media_of)]
) -> Response:
    """One of its ZIP files, of some 16 MB at most and one file more."""
    if part > archive.parts:
        raise NotFound
    return Response(await media.get(key_of(archive.id, part)), media_type="application/zip")
