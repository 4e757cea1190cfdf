from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.jobs import enqueue
from kit.locking import lock_if_there
from services.clusters.directory.people.queries import addresses_of, person_by_mail
from services.clusters.doors.links.models import LINK_LASTS, SHOWN_LASTS, LinkRequest, MailLink
from services.clusters.doors.links.queries import links_asked, open_links
from services.clusters.doors.tries.actions import WINDOW
from services.clusters.doors.tries.models import digest, new_secret
from services.clusters.post.kinds.kinds import SignInLink
from services.clusters.post.notices.actions import mail_to

LINKS_IN_WINDOW = 5


async def ask_for_link(db: AsyncSession, mail: str, to: str) -> None:
    """Have a link mailed if the address is known; from outside both cases look the same, and take as long."""
    if await links_asked(db, mail, WINDOW) >= LINKS_IN_WINDOW:
        return
    request = LinkRequest(mail=mail, to=to)
    db.add(request)
    await enqueue(db, "sign_in.send_link", urgent=True, request_id=request.id)


async def send_mail_link(db: AsyncSession, request_id: UUID) -> None:
    """Mail the link that was asked for, if somebody has the address; once, however often the job runs."""
    request = await lock_if_there(db, LinkRequest, request_id)
    if request is None or request.answered_at:
        return
    request.answered_at = real_now()
    if person := await person_by_mail(db, request.mail):
        path = link_path(db, request.mail, LINK_LASTS, request.to)
        await mail_to(db, person.id, SignInLink(minutes=int(LINK_LASTS.total_seconds() // 60)), path, request.mail)


def link_path(db: AsyncSession, mail: str, lasts: timedelta, to: str, invitation_id: UUID | None = None) -> str:
    """Make a link for this address: the path of web that signs in and then leads to `to`."""
    secret = new_secret()
    ends_at = real_now() + lasts
    db.add(MailLink(secret_digest=digest(secret), mail=mail, ends_at=ends_at, invitation_id=invitation_id))
    return "/sign-in/link?" + urlencode({"key": secret, "to": to})


async def show_link(db: AsyncSession, person_id: UUID) -> tuple[str, datetime]:
    """The path of web that signs another device in, once, and until when; the one that was shown before ends."""
    mine = await addresses_of(db, person_id)
    for link in [link for mail in mine for link in await open_links(db, mail)]:
        if link.is_shown:
            link.ends_at = real_now()
    secret, ends_at = new_secret(), real_now() + SHOWN_LASTS
    db.add(MailLink(secret_digest=digest(secret), mail=mine[0], ends_at=ends_at, is_shown=True))
    return "/sign-in/link?" + urlencode({"key": secret}), ends_at


async def end_links(db: AsyncSession, mail: str) -> None:
    """No link that was mailed to this address until now lets anybody in."""
    for link in await open_links(db, mail):
        link.ends_at = real_now()
