from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.directory.people.models import Person
from services.clusters.doors.identities.models import AuthenticationRequest, Disconnection, Identity, tries_with_account
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import lock_tries

ROOM = 100
"""How much of it is made at once."""


async def take_request(db: AsyncSession, secret: str) -> AuthenticationRequest | None:
    """The request that a browser began with this secret, once: it is gone afterwards."""
    begun = col(AuthenticationRequest.secret_digest) == digest(secret)
    request = (await db.exec(select(AuthenticationRequest).where(begun).with_for_update())).one_or_none()
    await db.exec(delete(AuthenticationRequest).where(begun))
    return request


async def begun_from(db: AsyncSession, from_digest: str) -> int:
    """How many browsers of this network are at a provider now."""
    away = select(sa.func.count()).where(
        AuthenticationRequest.from_digest == from_digest, col(AuthenticationRequest.ends_at) > real_now()
    )
    return (await db.exec(away)).one()


async def make_room(db: AsyncSession, most: int) -> None:
    """Of all that is begun, no more than this is kept: what ends first makes room."""
    kept = select(AuthenticationRequest.id).order_by(col(AuthenticationRequest.id)).limit(most + ROOM).subquery()
    too_many = (await db.exec(select(sa.func.count()).select_from(kept))).one() - most
    if too_many > 0:
        first = select(AuthenticationRequest.id).order_by(col(AuthenticationRequest.ends_at)).limit(too_many)
        # What another makes room by, or answers just now, is passed over: nobody waits. As a table of its own, since
        # PostgreSQL may ask a subquery once for each row, and then each time for others that are not locked yet.
        going = first.with_for_update(skip_locked=True).cte("going")
        await db.exec(delete(AuthenticationRequest).where(col(AuthenticationRequest.id).in_(select(going.c.id))))


async def lock_account(db: AsyncSession, issuer: str, subject: str) -> None:
    """Nobody else connects this account until the commit."""
    await lock_tries(db, tries_with_account(issuer, subject))


async def person_of_account(db: AsyncSession, issuer: str, subject: str) -> Person | None:
    """Locked, so that nobody who leaves meanwhile is let in after that."""
    theirs = select(Person).join(Identity, col(Identity.person_id) == Person.id)
    whose = theirs.where(Identity.issuer == issuer, Identity.subject == subject, col(Person.left_at).is_(None))
    return (await db.exec(whose.with_for_update(of=Person, key_share=True))).one_or_none()


async def knows_issuer(db: AsyncSession, person_id: UUID, issuer: str) -> bool:
    """Whether the person has an account of this issuer, or disconnected one."""
    has = select(Identity.id).where(Identity.person_id == person_id, Identity.issuer == issuer)
    had = select(Disconnection.issuer).where(Disconnection.person_id == person_id, Disconnection.issuer == issuer)
    return bool((await db.exec(has)).first() or (await db.exec(had)).first())


async def identities_of(db: AsyncSession, person_id: UUID) -> list[Identity]:
    mine = select(Identity).where(Identity.person_id == person_id)
    return list(await db.exec(mine.order_by(col(Identity.connected_at), col(Identity.id))))
