from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from fastapi import Request
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.problems import NotFound
from services.clusters.notices.models import MailboxMail, Notice
from services.clusters.people.models import Address, Person

NOTICES = """
select id, kind, params, path, news, told_at, seen_at from notice
where person_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3
"""


async def notices_of(pool: asyncpg.Pool, person_id: UUID, before: UUID | None, limit: int) -> list[dict[str, Any]]:
    """What a person was told, newest first."""
    return [dict(row) for row in await pool.fetch(NOTICES, person_id, before, limit + 1)]


async def unseen_notices(session: AsyncSession, person_id: UUID, path: str | None) -> list[Notice]:
    unseen = select(Notice).where(Notice.person_id == person_id, col(Notice.seen_at).is_(None))
    if path:
        unseen = unseen.where(Notice.path == path)
    return list(await session.exec(unseen.order_by(col(Notice.id)).with_for_update()))


async def unseen_of_threads(
    session: AsyncSession, people: list[UUID], threads: list[str]
) -> dict[tuple[UUID, str], Notice]:
    """What these people have not yet seen of these threads, by person and thread."""
    if not threads:
        return {}
    # News of one thread come one after the other: two at once would both begin a notice. Sorted, so that two who tell
    # of several threads do not wait for each other.
    locked = sa.func.unnest(sa.cast(sorted(set(threads)), sa.ARRAY(sa.String))).column_valued("thread")
    await session.exec(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(locked, 0))))  # type: ignore[call-overload]
    unseen = select(Notice).where(
        col(Notice.person_id).in_(people), col(Notice.thread).in_(threads), col(Notice.seen_at).is_(None)
    )
    rows = await session.exec(unseen.order_by(col(Notice.id)).with_for_update())
    return {(notice.person_id, notice.thread): notice for notice in rows if notice.thread}


async def people_with_mail(session: AsyncSession, people: list[UUID]) -> dict[UUID, tuple[Person, str]]:
    """Persons and their addresses, by id; who is unknown or has no address is missing."""
    rows = await session.exec(
        select(Person, Address.mail)
        .join(Address, col(Address.person_id) == Person.id)
        .where(col(Person.id).in_(people))
        .order_by(col(Address.mail).desc())
    )
    return {person.id: (person, mail) for person, mail in rows}


async def mailbox(request: Request) -> None:
    """Raises NotFound unless this house keeps its mails on a page."""
    if not request.app.state.settings.mailbox:
        raise NotFound


async def mailbox_mails(session: AsyncSession, mail: str, before: UUID | None, limit: int) -> list[MailboxMail]:
    newest = select(MailboxMail).order_by(col(MailboxMail.id).desc()).limit(limit + 1)
    if mail:
        newest = newest.where(MailboxMail.mail == mail.lower())
    if before:
        newest = newest.where(MailboxMail.id < before)
    return list(await session.exec(newest))
