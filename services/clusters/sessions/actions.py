from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database
from kit.facts import record
from kit.jobs import enqueue
from kit.problems import Problem
from services.clusters.notices.actions import mail_to
from services.clusters.people.hashing import HASHING, hash_if_right
from services.clusters.people.models import Address, Person
from services.clusters.people.queries import lock_password, person_by_mail
from services.clusters.sessions.models import LINK_LASTS, SESSION_LASTS, LinkRequest, MailLink, Session
from services.clusters.sessions.queries import (
    links_asked,
    lock_request,
    mail_link,
    open_links,
    open_sessions,
    session_of,
    way_in,
)
from services.clusters.tries.actions import WINDOW, Origin, forget_try, keep_try
from services.clusters.tries.models import DEVICE_LASTS, KnownDevice, SignInTry, digest, new_secret

LINKS_IN_WINDOW = 5
FRESH = timedelta(hours=1)
KEPT_AFTER = timedelta(days=7)
REQUESTS_KEPT = timedelta(days=1)  # the link still comes when the post was held up


class LinkUnknown(Problem):
    status, title = 404, "This sign-in link is not one of ours: ask for a new one"


class LinkUsed(Problem):
    status, title = 410, "This sign-in link was used already: ask for a new one"


class LinkExpired(Problem):
    status, title = 410, "This sign-in link is too old: ask for a new one"


class PasswordWrong(Problem):
    status, title = 409, "This address and this password do not belong together"


async def ask_for_link(session: AsyncSession, mail: str, to: str) -> None:
    """Have a link mailed if the address is known; from outside both cases look the same, and take as long."""
    if await links_asked(session, mail, WINDOW) >= LINKS_IN_WINDOW:
        return
    request = LinkRequest(mail=mail, to=to)
    session.add(request)
    await enqueue(session, "sign_in.send_link", urgent=True, request_id=request.id)


async def send_mail_link(session: AsyncSession, request_id: UUID) -> None:
    """Mail the link that was asked for, if somebody has the address; once, however often the job runs."""
    request = await lock_request(session, request_id)
    if request is None or request.answered_at:
        return
    request.answered_at = real_now()
    if person := await person_by_mail(session, request.mail):
        path = link_path(session, request.mail, LINK_LASTS, request.to)
        await mail_to(session, person.id, "sign_in_link", path=path, minutes=int(LINK_LASTS.total_seconds() // 60))


def link_path(session: AsyncSession, mail: str, lasts: timedelta, to: str, invitation_id: UUID | None = None) -> str:
    """Make a link for this address: the path of web that signs in and then leads to `to`."""
    secret = new_secret()
    ends_at = real_now() + lasts
    session.add(MailLink(secret_digest=digest(secret), mail=mail, ends_at=ends_at, invitation_id=invitation_id))
    return "/sign-in/link?" + urlencode({"key": secret, "to": to})


async def end_links(session: AsyncSession, mail: str) -> None:
    """No link that was mailed to this address until now lets anybody in."""
    for link in await open_links(session, mail):
        link.ends_at = real_now()


async def sign_in_by_link(session: AsyncSession, secret: str) -> tuple[str, Person]:
    """Use a mail link: (the new session's secret, its person)."""
    link = await mail_link(session, secret)
    if link is None:
        raise LinkUnknown
    if link.used_at:
        raise LinkUsed
    if link.ends_at < real_now():
        raise LinkExpired
    person = await person_by_mail(session, link.mail)
    if person is None:
        raise LinkUnknown
    link.used_at = real_now()
    address = await session.get_one(Address, link.mail)
    address.verified_at = address.verified_at or real_now()
    return begin_session(session, person, by_link=True), person


async def sign_in_by_password(database: Database, mail: str, password: str, origin: Origin) -> tuple[str, Person]:
    """(the new session's secret, its person). Raises PasswordWrong, TooManyTries, Unavailable when many try at once.

    No connection is held while the password is verified: whoever tries many would keep them from everybody else.
    """
    async with database.transaction() as session:
        person, known, has_device = await way_in(session, mail, origin.device)
    origin = origin if has_device else Origin(origin.source)
    with HASHING.place(origin.key, mail):
        async with database.transaction() as session:
            kept = await keep_try(session, mail, origin)
        right = await hash_if_right(origin.key, known, password)
    if person is None or known is None or right is None:
        raise PasswordWrong
    async with database.transaction() as session:
        # Locked: whoever replaces the password ends every session, and this one would begin after that.
        password_now = await lock_password(session, person.id)
        if password_now is None or password_now.hash != known.hash:
            raise PasswordWrong
        password_now.hash = right
        await forget_try(session, kept)
        return begin_session(session, person), person


def begin_session(session: AsyncSession, person: Person, *, by_link: bool = False) -> str:
    secret = new_secret()
    session.add(Session(secret_digest=digest(secret), person_id=person.id, by_link=by_link))
    return secret


async def end_session(session: AsyncSession, secret: str) -> None:
    """End it; a session that is unknown or ended already stays so."""
    if (known := await session_of(session, secret)) and known.ended_at is None:
        _end(session, known)


async def end_other_sessions(session: AsyncSession, person_id: UUID, secret: str | None) -> None:
    """End every session of the person but the one with this secret."""
    for known in await open_sessions(session, person_id):
        if known.secret_digest != digest(secret or ""):
            _end(session, known)


async def came_by_link(session: AsyncSession, person_id: UUID, secret: str | None) -> bool:
    """Whether this open session of the person began with a mail link within the last hour."""
    known = await session_of(session, secret or "")
    if known is None or known.person_id != person_id or known.ended_at:
        return False
    return known.by_link and known.began_at > real_now() - FRESH


def _end(session: AsyncSession, known: Session) -> None:
    known.ended_at = real_now()
    record(session, "session.ended", actor_id=known.person_id, person_id=known.person_id, session=known.secret_digest)


async def forget_old_ways_in(session: AsyncSession) -> None:
    """Links and sessions are kept for a week after their end, so that an old link can say so; wrong passwords too.

    A device is known as long as its cookie lasts.
    """
    before = real_now() - KEPT_AFTER
    await session.exec(delete(MailLink).where(col(MailLink.ends_at) < before))
    await session.exec(delete(SignInTry).where(col(SignInTry.at) < before))
    await session.exec(delete(LinkRequest).where(col(LinkRequest.asked_at) < real_now() - REQUESTS_KEPT))
    ended = sa.or_(col(Session.ended_at) < before, col(Session.began_at) < before - SESSION_LASTS)
    await session.exec(delete(Session).where(ended))
    await session.exec(delete(KnownDevice).where(col(KnownDevice.known_at) < real_now() - DEVICE_LASTS))
