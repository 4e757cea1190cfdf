from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.clients.models import SET_UP
from services.clusters.offices.models import Office
from services.roster.standing import CurrentMember


async def lock_office(session: AsyncSession, office_id: UUID) -> Office:
    """The row as it is now. Raises NotFound when it was taken away meanwhile."""
    office = await session.get_one(Office, office_id, with_for_update=True, populate_existing=True)
    if office.ended_at:
        raise NotFound
    return office


async def visible_office(office_id: UUID, session: Db, actor: CurrentMember) -> Office:
    office = await session.get(Office, office_id)
    if office is None or office.ended_at or not (actor.is_programme or SET_UP in actor.scopes):
        raise NotFound
    return office
