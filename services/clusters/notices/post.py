"""Sending: SMTP where a server is set, else the mailbox page of this machine."""

from email.message import Message
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.jobs import Context, Jobs
from services.clusters.notices.actions import forget_old_mails
from services.clusters.notices.calendars import with_addresses
from services.clusters.notices.letters import spoken, spoken_in, write_letter
from services.clusters.notices.messages import Letter, message
from services.clusters.notices.models import Mail, MailboxMail
from services.clusters.notices.queries import people_with_mail
from services.clusters.settings import Settings

jobs = Jobs()
SUBMISSION, SMTPS = 587, 465


@jobs.job("mail.send")
async def send_mail(context: Context, mail_id: str) -> None:
    settings: Settings = context.resources["settings"]
    async with context.database.transaction() as session:
        mail = await session.get(Mail, UUID(mail_id))
        if mail is None or mail.sent_at:
            return
        letter = await _letter(session, settings, mail)
    # A mail server may take its time: no connection is held meanwhile.
    if letter and settings.smtp_url:
        await _send(settings, message(settings.mail_from, letter))
    async with context.database.transaction() as session:
        # Locked, so that of two workers with the same job one puts it into the mailbox.
        mail = await session.get_one(Mail, mail.id, with_for_update=True)
        if letter and settings.mailbox and not settings.smtp_url and not mail.sent_at:
            session.add(MailboxMail(**letter.model_dump(exclude={"id", "name", "spoken"})))
        mail.sent_at, mail.params, mail.calendar = real_now(), {}, None


@jobs.hourly
async def sweep(context: Context) -> None:
    async with context.database.transaction() as session:
        await forget_old_mails(session)


async def _letter(session: AsyncSession, settings: Settings, mail: Mail) -> Letter | None:
    """What the person gets; None when they have no address any more."""
    known = (await people_with_mail(session, [mail.person_id])).get(mail.person_id)
    if known is None:
        return None
    person, address = known
    language = spoken(person.language)
    subject, text = write_letter(
        mail.kind,
        mail.params,
        name=person.name,
        language=language,
        zone=person.zone,
        base_url=settings.public_url,
    )
    calendar = await with_addresses(session, mail.calendar) if mail.calendar else None
    return Letter(
        id=mail.id,
        name=person.name,
        mail=address,
        subject=subject,
        language=language,
        text=text,
        calendar=calendar,
        spoken=spoken_in(mail.params, language),
    )


async def _send(settings: Settings, mail: Message) -> None:
    parts = urlsplit(settings.smtp_url or "")
    secure = parts.scheme == "smtps"
    await aiosmtplib.send(
        mail,
        hostname=parts.hostname,
        port=parts.port or (SMTPS if secure else SUBMISSION),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=secure,
        timeout=30,
    )
