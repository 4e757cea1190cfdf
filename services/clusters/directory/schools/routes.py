from typing import Annotated

from kit.db import Db
from kit.locking import lock
from kit.policy import allowed, can, require
from kit.problems import Changed, Forbidden, NotFound, documented
from kit.routing import IfMatch, located, matched, router
from services.clusters.directory.schools import actions, queries
from services.clusters.directory.schools.models import School
from services.clusters.directory.schools.queries import SchoolInCountry, VisibleSchool
from services.clusters.directory.schools.schemas import SchoolIn, SchoolOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/schools", "schools")
refused = documented(Forbidden, NotFound)


async def shown(db: Db, found: VisibleSchool, actor: Member) -> SchoolOut:
    own = {"school_id"}
    more = {
        "headcounts": [
            dict(zip(("year", "students", "teachers"), (each.year, *each.counted), strict=True))
            for each in await queries.headcounts_of(db, found.school_id)
        ],
        "official_ids": [each.model_dump(exclude=own) for each in await queries.official_ids_of(db, found.school_id)],
        "can": can(RULES, actor, "school", found),
    }
    return SchoolOut.model_validate(found.school.model_dump() | more)


@routes.post(
    "",
    status_code=201,
    dependencies=[allowed(RULES, "school.register", queries.school_to_register)],
    responses=documented(Forbidden, actions.OfficialIdTaken),
)
@located("/v1/schools/{id}")
async def register_school(new: SchoolIn, db: Db, actor: CurrentMember) -> SchoolOut:
    """Make a school known, with its numbers by school year."""
    return await shown(db, VisibleSchool(await actions.register_school(db, new, actor.id), []), actor)


@routes.put("/{school_id}", responses=refused | documented(actions.OtherCountry, actions.OfficialIdTaken, Changed))
async def change_school(
    found: Annotated[VisibleSchool, allowed(RULES, "school.change", queries.visible_school)],
    new: SchoolIn,
    db: Db,
    actor: CurrentMember,
    if_match: IfMatch = None,
) -> SchoolOut:
    """Say anew what a school is, and all of its numbers. `If-Match` may name the version that you read."""
    if new.country != found.country:
        # Who may change it here may not yet bring it into another country.
        require(RULES, actor, "school.change", SchoolInCountry(found.school_id, new.country))
    if if_match is not None:
        school = await lock(db, School, found.school_id, key_share=True)
        matched(school.version, if_match)
    school = await actions.change_school(db, found.school, new, actor.id)
    return await shown(db, VisibleSchool(school, found.cluster_ids), actor)
