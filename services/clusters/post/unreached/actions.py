from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import plain
from kit.facts import record, record_all
from kit.ids import new_id
from kit.jobs import queue_all
from services.clusters.facts import PersonReached, PersonUnreached
from services.clusters.post.unreached import queries
from services.clusters.post.unreached.models import Reason

UNREACHED_KEPT, BOUNCES_KEPT = timedelta(days=365), timedelta(days=30)


async def mark_unreached(
    connection: asyncpg.Connection, reasons: Mapping[UUID, Reason], *, by_bounce: bool = False
) -> None:
    """Mails do not reach these people; who invited one of them is told."""
    if not reasons:
        return
    await count_bounces(connection, list(reasons.values()))
    people = await queries.add_unreached(connection, reasons, by_bounce, real_now())
    if not people:
        return
    facts = [PersonUnreached(person_id=each) for each in people]
    await record_all(connection, facts, cluster_id=None, actor_id=None)
    await queue_all(connection, "invitation.tell_unreached", [{"person_id": each} for each in people])


async def count_bounces(connection: asyncpg.Connection, meanings: Sequence[str]) -> None:
    await queries.add_bounces(connection, [(new_id(), str(meaning)) for meaning in meanings], real_now())


async def mark_taken(connection: asyncpg.Connection, people: Collection[UUID]) -> None:
    """The mail server took a letter for these people, for whom it took none before."""
    if people:
        await tell_reached(connection, await queries.end_as_taken(connection, people))


async def mark_reached(db: AsyncSession, person_id: UUID, *, junk_too: bool = False) -> None:
    """A mail has reached them, or (`junk_too`) they want them again."""
    await db.flush()
    if await queries.end_of(await plain(db), person_id, junk_too):
        record(db, PersonReached(person_id=person_id), actor_id=person_id)


async def forget_old(connection: asyncpg.Connection) -> None:
    at = real_now()
    people = await queries.forget_before(connection, at - UNREACHED_KEPT, at - BOUNCES_KEPT)
    await tell_reached(connection, people)


async def tell_reached(connection: asyncpg.Connection, people: Sequence[UUID]) -> None:
    """Mails reach these people again."""
    if people:
        facts = [PersonReached(person_id=each) for each in people]
        await record_all(connection, facts, cluster_id=None, actor_id=None)
