from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.people.models import Address, Password, Person
from services.clusters.sessions.models import LinkRequest, MailLink, Session
from services.clusters.tries.models import KnownDevice, digest
from services.clusters.tries.queries import lock_tries


async def session_of(session: AsyncSession, secret: str) -> Session | None:
    return (await session.exec(select(Session).where(Session.secret_digest == digest(secret)))).one_or_none()


async def open_sessions(session: AsyncSession, person_id: UUID) -> list[Session]:
    still_open = select(Session).where(Session.person_id == person_id, col(Session.ended_at).is_(None))
    return list(await session.exec(still_open.order_by(col(Session.began_at)).with_for_update()))


async def mail_link(session: AsyncSession, secret: str) -> MailLink | None:
    """The link with this secret, locked, so that two clicks use it once."""
    return (
        await session.exec(select(MailLink).where(MailLink.secret_digest == digest(secret)).with_for_update())
    ).one_or_none()


async def open_links(session: AsyncSession, mail: str) -> list[MailLink]:
    """The links to this address that still let somebody in, locked."""
    unused = select(MailLink).where(
        MailLink.mail == mail, col(MailLink.used_at).is_(None), MailLink.ends_at > real_now()
    )
    return list(await session.exec(unused.order_by(col(MailLink.id)).with_for_update()))


async def links_asked(session: AsyncSession, mail: str, within: timedelta) -> int:
    """How often this address was typed lately, whether anybody has it or not."""
    await lock_tries(session, f"link to {mail}")
    asked = select(sa.func.count()).where(LinkRequest.mail == mail, LinkRequest.asked_at > real_now() - within)
    return (await session.exec(asked)).one()


async def lock_request(session: AsyncSession, request_id: UUID) -> LinkRequest | None:
    """The row as it is now; None when it was swept away."""
    return await session.get(LinkRequest, request_id, with_for_update=True, populate_existing=True)


async def way_in(session: AsyncSession, mail: str, device: str) -> tuple[Person | None, Password | None, bool]:
    """(person of this address, their password, whether the device is known as theirs), in one question.

    As many statements whether somebody has the address or not: the time does not tell.
    """
    found = (
        await session.exec(
            select(Person, Password, KnownDevice)
            .join(Address, col(Address.person_id) == Person.id)
            .outerjoin(Password, col(Password.person_id) == Person.id)
            .outerjoin(
                KnownDevice,
                sa.and_(col(KnownDevice.person_id) == Person.id, col(KnownDevice.secret_digest) == digest(device)),
            )
            .where(Address.mail == mail)
        )
    ).one_or_none()
    return (found[0], found[1], found[2] is not None) if found else (None, None, False)
