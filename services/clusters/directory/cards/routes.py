from typing import Annotated

from fastapi import UploadFile

from kit.db import Db, Reader, Whole, plain
from kit.imaging import prepared
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.cards import actions, queries
from services.clusters.directory.cards.models import EDGES
from services.clusters.directory.cards.schemas import CardIn, CardOut, PortraitOut
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/me", "people")
refused = documented(Forbidden)
Myself = Annotated[Person, allowed(RULES, "card.change", myself)]


@routes.get("/card", responses=refused)
async def show_card(person: Annotated[Person, allowed(RULES, "card.see", myself)], pool: Reader) -> CardOut:
    """What I say of myself to colleagues, who sees it, and how people of my clusters see it."""
    return await queries.my_card(pool, person.id, person.language)


@routes.put("/card", responses=refused)
async def change_card(person: Myself, said: CardIn, db: Db) -> CardOut:
    """Say what I teach, which languages I speak and what I can show, and who sees it."""
    await actions.change_card(db, person.id, said)
    await db.flush()
    return await queries.my_card(await plain(db), person.id, person.language)


@routes.put("/portrait", dependencies=[allowed(RULES, "card.change")], responses=refused)
async def set_portrait(file: UploadFile, actor: CurrentMember, database: Whole) -> PortraitOut:
    """Show a picture of me: a JPEG, PNG, WebP, AVIF or GIF of at most 12 MB, of which the middle square is kept.

    It is kept without place, time and name of the camera; one that was there goes.
    """
    assert actor.id
    image = await prepared(await file.read(), EDGES, square=True)
    async with database.transaction() as db:
        return PortraitOut(portrait_id=await actions.set_portrait(db, actor.id, image))


@routes.delete("/portrait", status_code=204, responses=refused)
async def remove_portrait(person: Myself, db: Db) -> None:
    """Show no picture of me any more."""
    await actions.remove_portrait(db, person.id)
