from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.jobs import enqueue
from services.clusters.notices.models import Mail, MailboxMail, Notice
from services.clusters.notices.queries import people_with_mail, unseen_notices, unseen_of_thread
from services.clusters.notices.schemas import NoticeIn

MAILS_KEPT = timedelta(days=30)
AWAITED = {"sign_in_link"}


async def tell_people(session: AsyncSession, told: list[NoticeIn]) -> int:
    """Put notices into the app and letters into the post; how many of these people exist."""
    known = await people_with_mail(session, [notice.person_id for notice in told])
    reached = [notice for notice in told if notice.person_id in known]
    for notice in reached:
        if await _is_first_news(session, notice):
            params = notice.params | {"path": notice.path}
            await mail_to(session, notice.person_id, notice.kind, notice.calendar, **params)
    return len(reached)


async def _is_first_news(session: AsyncSession, told: NoticeIn) -> bool:
    if not told.in_app:
        return True
    record(session, "notice.told", person_id=told.person_id)
    if told.thread and (unseen := await unseen_of_thread(session, told.person_id, told.thread)):
        unseen.news += 1
        unseen.params, unseen.told_at = told.params, now()
        return False
    session.add(Notice(**told.model_dump(exclude={"in_app", "calendar"})))
    await session.flush()
    return True


async def mail_to(
    session: AsyncSession, person_id: UUID, kind: str, calendar: str | None = None, /, **params: Any
) -> None:
    """A letter to this person, in their language, sent after the commit."""
    mail = Mail(person_id=person_id, kind=kind, params=params, calendar=calendar)
    session.add(mail)
    await session.flush()
    await enqueue(session, "mail.send", urgent=kind in AWAITED, mail_id=mail.id)


async def see_notices(session: AsyncSession, person_id: UUID, path: str | None) -> int:
    """Mark what was told about `path` (or everything) as seen; how many notices that were."""
    unseen = await unseen_notices(session, person_id, path)
    for notice in unseen:
        notice.seen_at = now()
    if unseen:
        record(session, "notices.seen", person_id=person_id)
    return len(unseen)


async def forget_old_mails(session: AsyncSession) -> None:
    """That a mail was sent is kept for thirty days; so are the mails of a house that is being tried out."""
    before = now() - MAILS_KEPT
    await session.exec(delete(Mail).where(col(Mail.sent_at) < before))
    await session.exec(delete(MailboxMail).where(col(MailboxMail.at) < before))
