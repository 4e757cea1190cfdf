from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.people.models import Person
from services.clusters.doors.identities.models import AuthenticationRequest, Disconnection, Identity
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import lock_tries


async def take_request(db: AsyncSession, secret: str) -> AuthenticationRequest | None:
    """The request that a browser began with this secret, once: it is gone afterwards."""
    begun = col(AuthenticationRequest.secret_digest) == digest(secret)
    request = (await db.exec(select(AuthenticationRequest).where(begun).with_for_update())).one_or_none()
    await db.exec(delete(AuthenticationRequest).where(begun))
    return request


async def lock_account(db: AsyncSession, issuer: str, subject: str) -> None:
    """Nobody else connects this account until the commit."""
    await lock_tries(db, f"account {subject} of {issuer}")


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
