from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import is_news, now, real_now
from kit.facts import record
from kit.jobs import enqueue_all
from services.clusters.notices.models import Mail, MailboxMail, Notice
from services.clusters.notices.queries import people_with_mail, unseen_notices, unseen_of_threads
from services.clusters.notices.schemas import NoticeIn

MAILS_KEPT = timedelta(days=30)
AWAITED = {"sign_in_link"}


async def tell_people(session: AsyncSession, told: list[NoticeIn]) -> int:
    """Put notices into the app and letters into the post; how many of these people exist."""
    known = await people_with_mail(session, [notice.person_id for notice in told])
    reached = [notice for notice in told if notice.person_id in known]
    unseen = await unseen_of_threads(session, list(known), [n.thread for n in reached if n.in_app and n.thread])
    news = [notice for notice in reached if _is_first_news(session, notice, unseen)]
    letters = [
        Mail(person_id=n.person_id, kind=n.kind, params=n.params | n.letter | {"path": n.path}, calendar=n.calendar)
        for n in news
    ]
    await _post(session, letters)
    return len(reached)


def _is_first_news(session: AsyncSession, told: NoticeIn, unseen: dict[tuple[UUID, str], Notice]) -> bool:
    if not told.in_app:
        return True
    record(session, "notice.told", person_id=told.person_id)
    if told.thread and (known := unseen.get((told.person_id, told.thread))):
        known.news += 1
        known.params, known.told_at = told.params, now()
        return False
    shown = told.model_dump(exclude={"in_app", "letter", "calendar"})
    notice = Notice(**shown, seen_at=None if is_news() else now())
    session.add(notice)
    if told.thread and not notice.seen_at:
        unseen[told.person_id, told.thread] = notice
    return True


async def mail_to(session: AsyncSession, person_id: UUID, kind: str, /, **params: Any) -> None:
    """A letter to this person, in their language, sent after the commit."""
    await _post(session, [Mail(person_id=person_id, kind=kind, params=params)], urgent=kind in AWAITED)


async def _post(session: AsyncSession, letters: list[Mail], urgent: bool = False) -> None:
    if not letters or not is_news():
        return
    session.add_all(letters)
    await session.flush()
    await enqueue_all(session, "mail.send", [{"mail_id": mail.id} for mail in letters], urgent=urgent)


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
    before = real_now() - MAILS_KEPT
    await session.exec(delete(Mail).where(col(Mail.sent_at) < before))
    await session.exec(delete(MailboxMail).where(col(MailboxMail.at) < before))
