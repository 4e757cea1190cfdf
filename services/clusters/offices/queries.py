from uuid import UUID

from kit.db import Db
from kit.problems import NotFound
from services.clusters.clients.models import SET_UP
from services.clusters.offices.models import Office
from services.roster.standing import CurrentMember


async def visible_office(office_id: UUID, session: Db, actor: CurrentMember) -> Office:
    office = await session.get(Office, office_id)
    if office is None or office.ended_at or not (actor.is_programme or SET_UP in actor.scopes):
        raise NotFound
    return office
