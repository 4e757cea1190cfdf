from typing import Annotated, Any
from uuid import UUID

from kit.clock import now
from kit.db import Db, Reader
from kit.facts import record
from kit.policy import allowed, can
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.clusters.showing.things import ColleagueAt
from services.clusters.deciding.showing.routes import waiting_for
from services.clusters.directory.people import actions as people
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of, myself
from services.clusters.directory.people.schemas import PersonOut, ProfileIn
from services.clusters.doors.links.actions import ask_for_link
from services.clusters.facts import GuidePutAway
from services.clusters.me import queries
from services.clusters.me.schemas import GuideOut, MeOut
from services.clusters.policy import RULES
from services.clusters.post.preferences.actions import move_digest
from services.clusters.post.unreached.actions import mark_reached
from services.clusters.sight import schedules
from services.clusters.year.todos.routes import waiting_of
from services.roster.standing import ClusterInSight, CurrentMember

routes = router("/v1/me", "people")
MOST_TODOS, MOST_PROPOSALS = 6, 6
Myself = Annotated[Person, allowed(RULES, "profile.change", myself)]
SeenMyself = Annotated[Person, allowed(RULES, "profile.see", myself)]


@routes.get("", response_model=MeOut, responses=documented(Forbidden))
async def show_me(_: SeenMyself, actor: CurrentMember, pool: Reader) -> Any:
    """Who I am, where I stand, and how many notices I have not seen."""
    assert actor.id
    found = await queries.me(pool, actor.id, actor.bound_to)
    for standing in found["standings"]:
        at = ColleagueAt(UUID(standing["school_id"]), actor.id, standing["country"])
        standing["can"] = can(RULES, actor, "staff", at)
        standing["cluster_is_open"] = standing["closed_at"] is None
        standing["schedules"] = standing["cluster_id"] is not None and schedules(actor, _cluster_of(standing))
    found["todos"] = (await waiting_of(pool, actor, None, MOST_TODOS)).items
    found["proposals"] = (await waiting_for(pool, actor, None, MOST_PROPOSALS)).items
    return found


def _cluster_of(standing: dict[str, Any]) -> ClusterInSight:
    return ClusterInSight(
        UUID(standing["cluster_id"]), standing["cluster_country"], standing["approach"], standing["closed_at"]
    )


@routes.put("", response_model=PersonOut, responses=documented(Forbidden))
async def change_profile(person: Myself, profile: ProfileIn, db: Db) -> Any:
    """Change my name, language and time zone."""
    zone = person.zone
    changed = await people.change_profile(db, person, **profile.model_dump())
    if changed.zone != zone:
        await db.flush()
        await move_digest(db, changed.id)
    return changed


@routes.get("/guide", response_model=GuideOut, responses=documented(Forbidden))
async def show_guide(person: Myself, pool: Reader) -> Any:
    """The guide of my first weeks, with what is done of it."""
    return await queries.guide_of(pool, person.id, now())


@routes.delete("/guide", status_code=204, responses=documented(Forbidden))
async def put_guide_away(person: Myself, db: Db) -> None:
    """See it no more, until I become something else here."""
    person.guide_put_away_at = now()
    record(db, GuidePutAway(person_id=person.id), actor_id=person.id)


@routes.delete("/unreached", status_code=204, responses=documented(Forbidden))
async def try_my_mail_again(person: Annotated[Person, allowed(RULES, "unreached.end", myself)], db: Db) -> None:
    """Send me mails again, and at once one with a link to sign in: if it comes back, this is over."""
    await mark_reached(db, person.id, junk_too=True)
    mail, *_ = await addresses_of(db, person.id)
    await ask_for_link(db, mail, "/")
