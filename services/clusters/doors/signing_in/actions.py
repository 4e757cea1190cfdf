from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.problems import Problem
from services.clusters.directory.people.models import Address, Person
from services.clusters.directory.people.queries import addresses_of, person_by_mail
from services.clusters.doors.factors.models import UNCONFIRMED_KEPT, SecondFactor
from services.clusters.doors.identities.models import REQUEST_KEPT, AuthenticationRequest
from services.clusters.doors.links.models import LinkRequest, MailLink
from services.clusters.doors.links.queries import mail_link
from services.clusters.doors.passkeys.models import CHALLENGE_KEPT, PasskeyChallenge
from services.clusters.doors.sessions.actions import begin_session
from services.clusters.doors.sessions.models import SESSION_LASTS, Door, Session
from services.clusters.doors.tries.models import DEVICE_LASTS, KnownDevice, SignInTry
from services.clusters.post.unreached.actions import mark_reached

KEPT_AFTER = timedelta(days=7)
REQUESTS_KEPT = timedelta(days=1)  # the link still comes when the post was held up


class LinkUnknown(Problem):
    status, title = 404, "This sign-in link is not one of ours: ask for a new one"


class LinkUsed(Problem):
    status, title = 410, "This sign-in link was used already: ask for a new one"


class LinkExpired(Problem):
    status, title = 410, "This sign-in link is too old: ask for a new one"


async def sign_in_by_link(db: AsyncSession, secret: str, agent: str = "") -> tuple[str, Person]:
    """Use a mail link: (the new session's secret, its person)."""
    link = await mail_link(db, secret)
    if link is None:
        raise LinkUnknown
    if link.used_at:
        raise LinkUsed
    if link.ends_at < real_now():
        raise LinkExpired
    person = await person_by_mail(db, link.mail)
    if person is None:
        raise LinkUnknown
    link.used_at = real_now()
    if not link.is_shown:
        address = await db.get_one(Address, link.mail)
        address.verified_at = address.verified_at or real_now()
        if link.mail == (await addresses_of(db, person.id))[0]:
            await mark_reached(db, person.id)
    return begin_session(db, person, agent=agent, door=Door.device if link.is_shown else Door.link), person


async def forget_old_ways_in(db: AsyncSession) -> None:
    """Links and sessions are kept for a week after their end, so that an old link can say so; wrong passwords too.

    A device is known as long as its cookie lasts.
    """
    before = real_now() - KEPT_AFTER
    await db.exec(delete(MailLink).where(col(MailLink.ends_at) < before))
    await db.exec(delete(SignInTry).where(col(SignInTry.at) < before))
    await db.exec(delete(LinkRequest).where(col(LinkRequest.asked_at) < real_now() - REQUESTS_KEPT))
    unanswered = col(AuthenticationRequest.ends_at) < real_now() - REQUEST_KEPT
    await db.exec(delete(AuthenticationRequest).where(unanswered))
    unsigned = col(PasskeyChallenge.ends_at) < real_now() - CHALLENGE_KEPT
    await db.exec(delete(PasskeyChallenge).where(unsigned))
    unconfirmed = col(SecondFactor.confirmed_at).is_(None), col(SecondFactor.begun_at) < real_now() - UNCONFIRMED_KEPT
    await db.exec(delete(SecondFactor).where(*unconfirmed))
    ended = sa.or_(col(Session.ended_at) < before, col(Session.began_at) < before - SESSION_LASTS)
    await db.exec(delete(Session).where(ended))
    await db.exec(delete(KnownDevice).where(col(KnownDevice.known_at) < real_now() - DEVICE_LASTS))
