from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Db
from kit.problems import NotFound
from services.clusters.doors.clients.models import Client, ClientSecret
from services.clusters.sight import within_sight
from services.roster.standing import CurrentMember, Member


async def clients_of(db: AsyncSession, cluster_id: UUID) -> list[Client]:
    mine = select(Client).where(Client.cluster_id == cluster_id, col(Client.revoked_at).is_(None))
    return list(await db.exec(mine.order_by(col(Client.made_at), col(Client.id)).limit(100)))


async def visible_client(client_id: UUID, db: Db, actor: CurrentMember) -> Client:
    client = await db.get(Client, client_id)
    if client is None or client.revoked_at or client.cluster_id is None or client.cluster_id not in actor.clusters:
        raise NotFound
    return client


async def clients_in_sight(db: AsyncSession, ids: Sequence[UUID], actor: Member) -> list[Client]:
    """Those of the house, and of clusters in sight; also those that were shut out."""
    known = sa.or_(col(Client.cluster_id).is_(None), within_sight(actor, col(Client.cluster_id)))
    return list(await db.exec(select(Client).where(col(Client.id).in_(ids), known).order_by(col(Client.id))))


async def service_client(db: AsyncSession, service: str) -> Client | None:
    return (await db.exec(select(Client).where(Client.service == service))).one_or_none()


async def live_secrets(db: AsyncSession, client_id: UUID) -> list[ClientSecret]:
    """Those that work now, the ones that end included."""
    goes_on = sa.or_(col(ClientSecret.ends_at).is_(None), col(ClientSecret.ends_at) > real_now())
    live = select(ClientSecret).where(ClientSecret.client_id == client_id, goes_on)
    return list(await db.exec(live.order_by(col(ClientSecret.made_at))))
