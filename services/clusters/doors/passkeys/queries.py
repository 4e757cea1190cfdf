from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.directory.people.models import Person
from services.clusters.doors.passkeys.models import Passkey, PasskeyChallenge
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import lock_tries

SHOWN = "select id, name, added_at, used_at from passkey where person_id = $1 order by id"


async def passkeys_shown(pool: asyncpg.Pool, person_id: UUID) -> list[dict[str, Any]]:
    """Those of a person, the oldest first."""
    return [dict(row) for row in await pool.fetch(SHOWN, person_id)]


async def passkeys_of(db: AsyncSession, person_id: UUID) -> list[Passkey]:
    return list(await db.exec(select(Passkey).where(Passkey.person_id == person_id).order_by(col(Passkey.id))))


async def passkey_by_credential(db: AsyncSession, credential_id: bytes) -> Passkey | None:
    return (await db.exec(select(Passkey).where(Passkey.credential_id == credential_id))).one_or_none()


async def hold_passkey(db: AsyncSession, passkey_id: UUID) -> tuple[Passkey, Person] | None:
    """It and whose it is, locked, so that nobody is let in by it after it is removed or after they left."""
    theirs = select(Passkey, Person).join(Person, col(Person.id) == Passkey.person_id)
    held = theirs.where(Passkey.id == passkey_id, col(Person.left_at).is_(None)).with_for_update(key_share=True)
    return (await db.exec(held.execution_options(populate_existing=True))).one_or_none()


async def challenges_open(db: AsyncSession, origin: str) -> int:
    """How many were given to this origin lately; they are counted one after the other until the commit."""
    await lock_tries(db, f"challenges for {origin}")
    still_open = select(sa.func.count()).where(
        PasskeyChallenge.from_digest == digest(origin), PasskeyChallenge.ends_at > real_now()
    )
    return (await db.exec(still_open)).one()


async def take_challenge(db: AsyncSession, challenge: str) -> PasskeyChallenge | None:
    """The one that is said, once: it is gone afterwards."""
    said = col(PasskeyChallenge.challenge_digest) == digest(challenge)
    taken = (await db.exec(select(PasskeyChallenge).where(said).with_for_update())).one_or_none()
    await db.exec(delete(PasskeyChallenge).where(said))
    return taken
