from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.people.models import Person
from services.clusters.sessions.models import SESSION_LASTS, MailLink, Session, SignInTry, digest


async def person_of_session(session: AsyncSession, secret: str) -> Person | None:
    """Whose session this secret opens, while it lasts."""
    return (
        await session.exec(
            select(Person)
            .join(Session, col(Session.person_id) == Person.id)
            .where(
                Session.secret_digest == digest(secret),
                col(Session.ended_at).is_(None),
                Session.began_at > real_now() - SESSION_LASTS,
            )
        )
    ).one_or_none()


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
        MailLink.mail == mail.lower(), col(MailLink.used_at).is_(None), MailLink.ends_at > real_now()
    )
    return list(await session.exec(unused.order_by(col(MailLink.id)).with_for_update()))


async def links_asked(session: AsyncSession, mail: str, within: timedelta) -> int:
    asked = select(sa.func.count()).where(MailLink.mail == mail, MailLink.asked_at > real_now() - within)
    return (await session.exec(asked)).one()


async def failed_tries(session: AsyncSession, whose: str, within: timedelta) -> int:
    # One after the other until the commit, so that tries at once are all counted.
    await session.exec(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(digest(whose), 0))))  # type: ignore[call-overload]
    tries = select(sa.func.count()).where(SignInTry.mail_digest == digest(whose), SignInTry.at > real_now() - within)
    return (await session.exec(tries)).one()
