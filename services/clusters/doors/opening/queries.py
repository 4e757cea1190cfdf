import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.happened import SAY_WHEN
from services.clusters.doors.clients.models import Client
from services.clusters.doors.opening.models import HouseSetup


async def house_is_open(db: AsyncSession) -> bool:
    opened = select(sa.func.count()).where(col(HouseSetup.opened_at).is_not(None))
    return (await db.exec(opened)).one() > 0


async def clients_saying_when(db: AsyncSession) -> list[Client]:
    saying = select(Client).where(sa.literal(SAY_WHEN) == sa.any_(col(Client.scopes))).order_by(col(Client.id))
    return list(await db.exec(saying.with_for_update()))
