from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.locking import lock_number
from kit.webhooks.models import Delivery, Endpoint

COUNT_LOCK = 7_003


async def endpoints_of(db: AsyncSession, owner: str) -> list[Endpoint]:
    """Oldest first."""
    mine = select(Endpoint).where(Endpoint.owner == owner)
    return list(await db.exec(mine.order_by(col(Endpoint.registered_at), col(Endpoint.id))))


async def count_endpoints(db: AsyncSession, owner: str, cluster_id: UUID | None) -> tuple[int, int]:
    """How many this owner has, and how many hear of this cluster; counted by one transaction after the other."""
    await lock_number(db, COUNT_LOCK)
    mine = sa.func.count().filter(col(Endpoint.owner) == owner)
    of_cluster = sa.func.count().filter(col(Endpoint.cluster_id) == cluster_id)
    counted = (await db.exec(sa.select(mine, of_cluster))).one()  # type: ignore[call-overload]
    return counted[0], counted[1] if cluster_id else 0


async def deliveries_to(db: AsyncSession, endpoint_id: UUID, before: int | None, limit: int) -> list[Delivery]:
    """Newest first."""
    newest = select(Delivery).where(Delivery.endpoint_id == endpoint_id).order_by(col(Delivery.place).desc())
    if before is not None:
        newest = newest.where(Delivery.place < before)
    return list(await db.exec(newest.limit(limit + 1)))


async def delivery_to_make(db: AsyncSession, delivery_id: UUID) -> tuple[Delivery, Endpoint] | None:
    """A delivery that still waits, and where it goes; None when there is nothing to send any more."""
    found = (
        await db.exec(
            select(Delivery, Endpoint)
            .join(Endpoint, col(Endpoint.id) == Delivery.endpoint_id)
            .where(Delivery.id == delivery_id, col(Delivery.delivered_at).is_(None), col(Endpoint.gone_at).is_(None))
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None
