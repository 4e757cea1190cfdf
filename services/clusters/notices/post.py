"""Sending: SMTP where a server is set, else the mailbox page of this machine."""

from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.utils import parseaddr
from html import escape
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.jobs import Context, Jobs
from kit.links import linked
from services.clusters.notices.actions import forget_old_mails
from services.clusters.notices.calendars import method_of, with_addresses
from services.clusters.notices.letters import locale_of, spoken, spoken_in, write_letter
from services.clusters.notices.models import Mail, MailboxMail
from services.clusters.notices.queries import people_with_mail
from services.clusters.people.addresses import for_servers
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


class Letter(BaseModel):
    """A mail that is written, to the person `name` at the address `mail`; `id` names it, however often it is sent.

    `spoken` are the lines that are in a language of their own.
    """

    id: UUID
    name: str
    mail: str
    subject: str
    language: str
    text: str
    calendar: str | None
    spoken: dict[str, str] = {}


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


def message(sender: str, letter: Letter) -> EmailMessage:
    """A mail with the text, the same as simple HTML, and the calendar as the part that calendars look for."""
    name, typed = parseaddr(sender)
    from_address = for_servers(typed)
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = letter.subject, real_now()
    mail["Message-ID"] = f"<{letter.id}@{from_address.rpartition('@')[2]}>"
    mail["From"] = MailAddress(name, addr_spec=from_address)
    mail["To"] = MailAddress(letter.name, addr_spec=for_servers(letter.mail))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(_html(letter), subtype="html")
    if letter.calendar:
        parameters = {"method": method_of(letter.calendar), "charset": "utf-8"}
        mail.add_alternative(letter.calendar.encode(), "text", "calendar", params=parameters)
    mail["Content-Language"] = letter.language  # at last: new content takes the content headers away
    return mail


def _html(letter: Letter) -> str:
    def line(words: str) -> str:
        language = letter.spoken.get(words.strip())
        return f"<span {_marked(language)}>{linked(words)}</span>" if language else linked(words)

    paragraphs = (p.strip() for p in letter.text.split("\n\n"))
    body = "".join(f"<p>{'<br>'.join(map(line, p.splitlines()))}</p>" for p in paragraphs if p)
    return f"<!doctype html><html {_marked(letter.language)}><body>{body}</body></html>"


def _marked(language: str) -> str:
    direction = "rtl" if locale_of(language).text_direction == "rtl" else "ltr"
    return f'lang="{escape(language)}" dir="{direction}"'


async def _send(settings: Settings, mail: EmailMessage) -> None:
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
