"""How a house without its demonstration year begins: with somebody who can let others in."""

from datetime import timedelta

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import open_database
from kit.fields import Language, Zone
from kit.locking import lock_number
from services.clusters.directory.offices.actions import OFFICES_LOCK, begin_office
from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.offices.queries import programme_coordinators
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.people.schemas import Mail, Name
from services.clusters.doors.links.actions import end_links, link_path
from services.clusters.doors.opening.actions import open_house

LASTS = timedelta(days=1)


class AnotherCoordinates(Exception):
    """Somebody else is programme coordinator already: they invite further ones in the house itself."""


class CoordinatorIn(BaseModel):
    """The first programme coordinator."""

    name: Name
    mail: Mail
    language: Language = "en"
    zone: Zone = "UTC"


async def first_coordinator(database_url: str, new: CoordinatorIn) -> str:
    """The path that signs them in, once, within a day; every earlier link of theirs ends. Raises AnotherCoordinates."""
    async with open_database(database_url, pool_size=1) as database, database.transaction() as db:
        await _make(db, new)
        await end_links(db, new.mail)
        return link_path(db, new.mail, LASTS, "/")


async def _make(db: AsyncSession, new: CoordinatorIn) -> None:
    person = await find_or_register_person(db, **new.model_dump())
    # Of two who do this at once, the second finds the coordinator of the first.
    await lock_number(db, OFFICES_LOCK)
    holders = await programme_coordinators(db)
    if person.id in holders:
        return
    if holders:
        raise AnotherCoordinates
    await begin_office(db, person.id, OfficeKind.programme_coordinator, None, None)
    await open_house(db, None)
