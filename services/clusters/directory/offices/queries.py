from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.offices.models import Office, OfficeKind
from services.clusters.scopes import SET_UP
from services.roster.standing import CurrentMember


async def programme_coordinators(db: AsyncSession) -> list[UUID]:
    """The persons who coordinate the programme now."""
    holding = select(Office.person_id).where(
        Office.kind == OfficeKind.programme_coordinator, col(Office.ended_at).is_(None)
    )
    return list(await db.exec(holding.order_by(col(Office.id))))


async def visible_office(office_id: UUID, db: Db, actor: CurrentMember) -> Office:
    office = await db.get(Office, office_id)
    if office is None or office.ended_at or not (actor.is_programme or SET_UP in actor.scopes):
        raise NotFound
    return office
