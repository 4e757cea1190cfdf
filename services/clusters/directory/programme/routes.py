from typing import Annotated

from fastapi import Request

from kit.db import Db
from kit.locking import lock_number
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router, versioned
from services.clusters.directory.programme import actions, queries
from services.clusters.directory.programme.models import Programme
from services.clusters.directory.programme.schemas import ProgrammeIn, ProgrammeOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/programme", "programme")
Seen = Annotated[Programme, allowed(RULES, "programme.see", queries.the_programme)]


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
