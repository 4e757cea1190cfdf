from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Db
from kit.problems import NotFound
from services.clusters.clients.models import Client, ClientSecret
from services.clusters.memberships.models import Membership
from services.clusters.people.models import Person
from services.clusters.staff.models import Staff
from services.clusters.tries.models import digest
from services.roster.standing import CurrentMember

SERVICES_LOCK = 7_004


def _named(client_id: str) -> sa.ColumnElement[bool]:
    try:
        return col(Client.id) == UUID(client_id)
    except ValueError:
        return col(Client.service) == client_id


async def client_named(session: AsyncSession, client_id: str) -> Client | None:
    """The client with this id (the house's own also by name), unless it was revoked."""
    return (await session.exec(select(Client).where(_named(client_id), col(Client.revoked_at).is_(None)))).one_or_none()


async def has_secret(session: AsyncSession, client: Client, secret: str) -> bool:
    """Whether this is a secret of the client that works now."""
    live = sa.or_(col(ClientSecret.ends_at).is_(None), col(ClientSecret.ends_at) > real_now())
    same = select(ClientSecret).where(ClientSecret.client_id == client.id, ClientSecret.digest == digest(secret), live)
    return (await session.exec(same)).one_or_none() is not None


async def person_within_reach(session: AsyncSession, client: Client, person_id: UUID) -> Person | None:
    """The person, if the client reaches their cluster."""
    who = select(Person).where(Person.id == person_id)
    if client.cluster_id:
        who = who.where(
            col(Person.id).in_(
                select(Staff.person_id)
                .join(Membership, col(Membership.school_id) == Staff.school_id)
                .where(
                    Membership.cluster_id == client.cluster_id,
                    col(Membership.ended_at).is_(None),
                    col(Staff.ended_at).is_(None),
                )
            )
        )
    return (await session.exec(who)).one_or_none()


async def clients_of(session: AsyncSession, cluster_id: UUID) -> list[Client]:
    mine = select(Client).where(Client.cluster_id == cluster_id, col(Client.revoked_at).is_(None))
    return list(await session.exec(mine.order_by(col(Client.made_at), col(Client.id)).limit(100)))


async def visible_client(client_id: UUID, session: Db, actor: CurrentMember) -> Client:
    client = await session.get(Client, client_id)
    if client is None or client.revoked_at or client.cluster_id is None or client.cluster_id not in actor.clusters:
        raise NotFound
    return client


async def lock_client(session: AsyncSession, client_id: UUID) -> Client:
    """The row as it is now. Raises NotFound when it was revoked meanwhile."""
    client = await session.get_one(Client, client_id, with_for_update=True, populate_existing=True)
    if client.revoked_at:
        raise NotFound
    return client


async def lock_service_clients(session: AsyncSession) -> None:
    """Nobody else sets the house up until this transaction ends: several containers may start at once."""
    await session.exec(sa.text("select pg_advisory_xact_lock(:lock)").bindparams(lock=SERVICES_LOCK))  # type: ignore[call-overload]


async def service_client(session: AsyncSession, service: str) -> Client | None:
    return (await session.exec(select(Client).where(Client.service == service))).one_or_none()


async def live_secrets(session: AsyncSession, client_id: UUID) -> list[ClientSecret]:
    """Those that work now, the ones that end included."""
    goes_on = sa.or_(col(ClientSecret.ends_at).is_(None), col(ClientSecret.ends_at) > real_now())
    live = select(ClientSecret).where(ClientSecret.client_id == client_id, goes_on)
    return list(await session.exec(live.order_by(col(ClientSecret.made_at))))
