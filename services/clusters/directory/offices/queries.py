from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.offices.models import Office, OfficeKind
from services.clusters.scopes import SET_UP
from services.roster.standing import CurrentMember

OFFICES_LOCK = 7_005


async def lock_office(session: AsyncSession, office_id: UUID) -> Office:
    """The row as it is now. Raises NotFound when it was taken away meanwhile."""
    office = await session.get_one(Office, office_id, with_for_update=True, populate_existing=True)
    if office.ended_at:
        raise NotFound
    return office


async def lock_offices(session: AsyncSession) -> None:
    """Nobody else gives the programme's office until this transaction ends."""
    await session.exec(sa.text("select pg_advisory_xact_lock(:lock)").bindparams(lock=OFFICES_LOCK))  # type: ignore[call-overload]


async def programme_coordinators(session: AsyncSession) -> list[UUID]:
    """The persons who coordinate the programme now."""
    holding = select(Office.person_id).where(
        Office.kind == OfficeKind.programme_coordinator, col(Office.ended_at).is_(None)
    )
    return list(await session.exec(holding.order_by(col(Office.id))))


async def visible_office(office_id: UUID, session: Db, actor: CurrentMember) -> Office:
    office = await session.get(Office, office_id)
    if office is None or office.ended_at or not (actor.is_programme or SET_UP in actor.scopes):
        raise NotFound
    return office
