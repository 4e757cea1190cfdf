from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.doors.links.models import LinkRequest, MailLink
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import lock_tries


async def mail_link(db: AsyncSession, secret: str) -> MailLink | None:
    """The link with this secret, locked, so that two clicks use it once."""
    return (
        await db.exec(select(MailLink).where(MailLink.secret_digest == digest(secret)).with_for_update())
    ).one_or_none()


async def open_links(db: AsyncSession, mail: str) -> list[MailLink]:
    """The links to this address that still let somebody in, locked."""
    unused = select(MailLink).where(
        MailLink.mail == mail, col(MailLink.used_at).is_(None), MailLink.ends_at > real_now()
    )
    return list(await db.exec(unused.order_by(col(MailLink.id)).with_for_update()))


async def links_asked(db: AsyncSession, mail: str, within: timedelta) -> int:
    """How often this address was typed lately, whether anybody has it or not."""
    await lock_tries(db, f"link to {mail}")
    asked = select(sa.func.count()).where(LinkRequest.mail == mail, LinkRequest.asked_at > real_now() - within)
    return (await db.exec(asked)).one()
