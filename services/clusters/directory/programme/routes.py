from typing import Annotated, Any

from fastapi import Query, Request, UploadFile
from fastapi.responses import Response

from kit.db import Db, Reader, Whole
from kit.imaging import prepared
from kit.locking import lock_number
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router, versioned
from services.clusters.directory.programme import actions, queries
from services.clusters.directory.programme.models import EDGES, LogoSize, Programme
from services.clusters.directory.programme.schemas import ProgrammeIn, ProgrammeOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/programme", "programme")
Seen = Annotated[Programme, allowed(RULES, "programme.see", queries.the_programme)]
WEBP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The logo", "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}}}
}


async def shown(db: Db, programme: Programme, actor: Member) -> ProgrammeOut:
    described = await queries.described(db, programme)
    return described.model_copy(update={"can": can(RULES, actor, "programme", programme)})


@routes.get("", responses=documented(Forbidden, NotFound))
async def show_programme(programme: Seen, db: Db, actor: CurrentMember, request: Request) -> ProgrammeOut:
    """What the programme is called, its school year, phases and countries, and what its reports say of it."""
    versioned(request, programme.version)
    return await shown(db, programme, actor)


@routes.put(
    "",
    dependencies=[allowed(RULES, "programme.change")],
    responses=documented(Forbidden, Changed, PreconditionRequired),
)
async def change_programme(new: ProgrammeIn, db: Db, actor: CurrentMember, if_match: IfMatch = None) -> ProgrammeOut:
    """Say what the programme is. `If-Match` names the version that you read; none while it has no name yet."""
    # For the first name as well, when there is no row yet that could be locked.
    await lock_number(db, actions.PROGRAMME_LOCK)
    known = await db.get(Programme, 1, populate_existing=True)
    if known:
        matched(known.version, if_match)
    return await shown(db, await actions.change_programme(db, known, new, actor.id), actor)


@routes.put("/logo", dependencies=[allowed(RULES, "programme.change")], responses=documented(Forbidden, NotFound))
async def set_logo(file: UploadFile, actor: CurrentMember, database: Whole) -> ProgrammeOut:
    """Show this logo: a JPEG, PNG, WebP, AVIF or GIF of at most 12 MB, made anew; one that was there goes."""
    image = await prepared(await file.read(), EDGES)
    async with database.transaction() as db:
        return await shown(db, await actions.set_logo(db, image, actor.id), actor)


@routes.get("/logo", response_class=Response, responses=documented(Forbidden, NotFound) | WEBP)
async def show_logo(
    _: Annotated[None, allowed(RULES, "programme.see")],
    pool: Reader,
    size: Annotated[LogoSize, Query(description="The longest edge: 320 or 1200 pixels")] = LogoSize.large,
) -> Response:
    """The logo of the programme."""
    logo_id, content = await queries.logo_content(pool, size)
    return Response(content, media_type="image/webp", headers={"ETag": f'"{logo_id}-{size}"'})


@routes.delete(
    "/logo",
    status_code=204,
    dependencies=[allowed(RULES, "programme.change")],
    responses=documented(Forbidden),
)
async def remove_logo(actor: CurrentMember, db: Db) -> None:
    """Show no logo any more."""
    await actions.remove_logo(db, actor.id)
