from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.people.models import Person
from services.clusters.doors.passkeys.models import PasskeyChallenge
from services.clusters.doors.sessions.models import Passkey
from services.clusters.doors.tries.models import digest

ROOM = 100
"""How much of it is made at once."""
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


async def hold_passkeys(db: AsyncSession, person_id: UUID) -> None:
    """Locked: whoever comes in by one has a session before this goes on, or finds what this did."""
    theirs = select(Passkey.id).where(Passkey.person_id == person_id).order_by(col(Passkey.id))
    await db.exec(theirs.with_for_update())


async def make_room(db: AsyncSession, most: int, asked_from: str | None = None) -> None:
    """Of all challenges, or those of one network, no more than this are kept: the oldest make room."""
    these = [col(PasskeyChallenge.from_digest) == asked_from] if asked_from else []
    ids, first = select(PasskeyChallenge.id).where(*these), col(PasskeyChallenge.id)
    kept = ids.order_by(first).limit(most + ROOM).subquery()
    too_many = (await db.exec(select(sa.func.count()).select_from(kept))).one() - most
    if too_many > 0:
        # What another makes room by, or answers just now, is passed over: nobody waits. As a table of its own, since
        # PostgreSQL may ask a subquery once for each row, and then each time for others that are not locked yet.
        going = ids.order_by(first).limit(too_many).with_for_update(skip_locked=True).cte("going")
        await db.exec(delete(PasskeyChallenge).where(col(PasskeyChallenge.id).in_(select(going.c.id))))


async def take_challenge(db: AsyncSession, challenge: str) -> PasskeyChallenge | None:
    """The one that is said, once: it is gone afterwards."""
    said = col(PasskeyChallenge.challenge_digest) == digest(challenge)
    taken = (await db.exec(select(PasskeyChallenge).where(said).with_for_update())).one_or_none()
    await db.exec(delete(PasskeyChallenge).where(said))
    return taken
