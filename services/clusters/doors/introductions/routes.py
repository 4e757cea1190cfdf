from typing import Annotated

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, Invalid, NotFound, documented
from kit.routing import router
from services.clusters.directory.schools.queries import VisibleSchool, visible_school
from services.clusters.doors.identities.providers import Providers
from services.clusters.doors.identities.routes import TheProviders
from services.clusters.doors.introductions import actions
from services.clusters.doors.introductions.queries import welcome_of
from services.clusters.doors.introductions.schemas import (
    IntroducedIn,
    IntroducedOut,
    IntroductionIn,
    WelcomeIn,
    WelcomeOut,
)
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "invitations")
refused = documented(Forbidden, NotFound)
coming = allowed(RULES, "newcomer.come")
ItsLeader = Annotated[VisibleSchool, allowed(RULES, "school.welcome", visible_school)]


@routes.post(
    "/introductions/finding", dependencies=[coming], responses=documented(Forbidden, actions.IntroductionEnded)
)
async def find_introduction(asked: IntroductionIn, db: Db) -> IntroducedOut:
    """What a provider says of somebody who came by it; for clients with the scope `sign_in`."""
    introduction, school = await actions.find_introduction(db, asked.introduction)
    return IntroducedOut(
        **introduction.model_dump(include={"provider", "name", "mail"}),
        school=school.name,
        town=school.town,
        country=school.country,
        waits=await actions.waits_for_the_school(db, introduction),
    )


@routes.post(
    "/introductions/acceptance",
    status_code=202,
    dependencies=[coming],
    responses=documented(Forbidden, actions.IntroductionEnded, Invalid),
)
async def come_introduced(new: IntroducedIn, db: Db) -> None:
    """Somebody says that they work where their account says it: a mail asks them in, after the school's yes.

    For clients with the scope `sign_in`.
    """
    await actions.come_introduced(db, new)


@routes.get("/schools/{school_id}/welcome", responses=refused)
async def show_welcome(found: ItsLeader, db: Db, providers: TheProviders) -> WelcomeOut:
    """Whether newcomers whom a provider introduces to the school wait for the yes of who leads it."""
    return await _shown(found, db, providers)


@routes.put("/schools/{school_id}/welcome", responses=refused)
async def set_welcome(
    found: ItsLeader, new: WelcomeIn, actor: CurrentMember, db: Db, providers: TheProviders
) -> WelcomeOut:
    """They wait, or they are asked in at once, until who says so here leads the school no longer."""
    await actions.set_welcome(db, found.school, actor.id, waits=new.waits)
    return await _shown(found, db, providers)


async def _shown(found: VisibleSchool, db: Db, providers: Providers) -> WelcomeOut:
    saying = [provider.name for provider in providers.all.values() if provider.school]
    return WelcomeOut(waits=not await welcome_of(db, found.school.id), providers=saying)
