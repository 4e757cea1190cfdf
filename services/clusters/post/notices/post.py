"""Sending: SMTP where a server is set, else the mailbox page of this machine."""

from asyncio import gather
from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import unquote, urlencode, urlsplit
from uuid import UUID

import aiosmtplib
import asyncpg

from kit.jobs import Context, Jobs, Kept
from kit.together import SomeFailed
from services.clusters.post.kinds.kind import Kind
from services.clusters.post.kinds.kinds import KINDS, News
from services.clusters.post.kinds.wording import can_be_stopped, spoken, spoken_in, write_letter
from services.clusters.post.notices.actions import MAILS_KEPT, TOLD_KEPT, forget_old_mails, mark_sent, settle
from services.clusters.post.notices.calendars import addressed, people_in
from services.clusters.post.notices.messages import Letter, message
from services.clusters.post.notices.queries import Known, letters_go_to, people_with_mail, unsent_mails
from services.clusters.post.preferences.models import Way
from services.clusters.post.unreached.actions import mark_taken
from services.clusters.post.unreached.judging import Verdict, is_nobodys, judge
from services.clusters.post.unreached.models import FINAL, Fault, Reason
from services.clusters.settings import Settings

jobs = Jobs()
SUBMISSION, SMTPS = 587, 465
LINES, PATIENCE = 4, 30.0
Answer: TypeAlias = Verdict | Exception
Answers: TypeAlias = dict[UUID, Answer]
"""Of letters that were not taken."""
BROKEN = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError)


@jobs.together("mail.send")
async def send_mails(context: Context, asked: list[dict[str, str]]) -> None:
    """Send these letters, each once. Raises SomeFailed for those that no server took."""
    settings: Settings = context.resources["settings"]
    pool = context.database.pool
    ids = [UUID(each["mail_id"]) for each in asked]
    mails = await unsent_mails(pool, ids)
    known = await _known(pool, mails)
    written = [_letter(settings, mail, known) for mail in mails if _is_wanted(known.get(mail["person_id"]), mail)]
    verdicts: Answers = {letter.id: Reason.no_such_address for letter in written if is_nobodys(letter.mail)}
    letters = [letter for letter in written if letter.id not in verdicts]
    # A mail server may take its time: no connection is held meanwhile.
    verdicts |= await _send(settings, letters) if settings.smtp_url else {}
    failures = {mail_id: said for mail_id, said in verdicts.items() if isinstance(said, Exception)}
    judged = {mail_id: said for mail_id, said in verdicts.items() if not isinstance(said, Exception)}
    sent = {letter.id for letter in letters} - verdicts.keys()
    left = [mail for mail in mails if mail["id"] not in failures and mail["id"] not in sent]
    whose = {mail["id"]: mail["person_id"] for mail in mails}
    matters = {whose[letter.id] for letter in written if letter.id in judged or known[whose[letter.id]].unreached}
    async with context.database.writing() as connection:
        theirs = await letters_go_to(connection, matters)
        aside = {
            letter.id for letter in written if letter.is_aside or _went_elsewhere(letter, theirs.get(whose[letter.id]))
        }
        taken = {whose[each] for each in sent - aside}
        into_mailbox = settings.mailbox and not settings.smtp_url
        await mark_sent(connection, list(sent), letters if into_mailbox else [])
        await settle(connection, left, judged, aside)
        await mark_taken(connection, {each for each in taken if known[each].unreached})
    if failures:
        raise SomeFailed({n: failures[mail_id] for n, mail_id in enumerate(ids) if mail_id in failures})


@jobs.hourly(
    Kept("that a mail was sent, to whom and of which kind; what it said is forgotten at once", MAILS_KEPT, "sending"),
    Kept("mails in the mailbox of a house that sends none", MAILS_KEPT, "writing"),
    Kept("by which name something was told, so that it is told once", TOLD_KEPT, "telling"),
)
async def sweep(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_mails(db)


async def _known(pool: asyncpg.Pool, mails: list[asyncpg.Record]) -> dict[UUID, Known]:
    """Whom these letters go to, and who is named in their calendars."""
    named = {person for mail in mails if mail["calendar"] for person in people_in(mail["calendar"])}
    return await people_with_mail(pool, named | {mail["person_id"] for mail in mails})


def _is_wanted(person: Known | None, mail: asyncpg.Record) -> bool:
    """Nothing for whom there is no address any more, and nothing that they stopped.

    Whom mails surely do not reach get nothing but what is awaited, or sent by somebody's own hand.
    """
    if person is None or person.ways.get(mail["kind"]) is Way.app:
        return False
    kind = KINDS[mail["kind"]]
    return person.unreached not in FINAL or kind.is_sent_by_hand or not can_be_stopped(kind)


def _letter(settings: Settings, mail: asyncpg.Record, known: Mapping[UUID, Known]) -> Letter:
    person = known[mail["person_id"]]
    address, is_aside = mail["address"] or person.mail, mail["address"] not in (None, person.mail)
    language, kind, params, calendar = spoken(person.language), KINDS[mail["kind"]], mail["params"], mail["calendar"]
    stopping = _stopping(settings, kind, person) if can_be_stopped(kind) else None
    if stopping and person.without_content:
        kind, params, calendar = News, {"path": params["path"]}, None
    subject, text = write_letter(
        kind,
        params,
        name=person.name,
        language=language,
        zone=person.zone,
        base_url=settings.public_url,
    )
    return Letter(
        id=mail["id"],
        name="" if kind.is_nameless else person.name,
        mail=address,
        subject=subject,
        language=language,
        text=text,
        calendar=addressed(calendar, known) if calendar else None,
        spoken=spoken_in(kind, params, language),
        unsubscribe=stopping,
        return_key=None if is_aside else mail["return_key"],
        is_aside=is_aside,
    )


def _went_elsewhere(letter: Letter, goes_to: str | None) -> bool:
    """Whether another address was chosen while it was under way."""
    return goes_to not in (None, letter.mail)


def _stopping(settings: Settings, kind: type[Kind], person: Known) -> str:
    return f"{settings.public_url}/unsubscribe?{urlencode({'kind': kind.name, 'key': person.key})}"


async def _send(settings: Settings, letters: list[Letter]) -> Answers:
    """Over a few lines at once, those that were asked for first before the others; what went wrong, by letter."""
    lines = [letters[n::LINES] for n in range(min(LINES, len(letters)))]
    return {
        each: said
        for refused in await gather(*(_send_over_line(settings, line) for line in lines))
        for each, said in refused.items()
    }


async def _send_over_line(settings: Settings, letters: list[Letter]) -> Answers:
    """A letter that is not taken fails alone; when the line breaks, so do those that were not sent yet."""
    parts = urlsplit(settings.smtp_url or "")
    secure = parts.scheme == "smtps"
    answers: Answers = {}
    waiting = list(letters)
    try:
        async with aiosmtplib.SMTP(
            hostname=parts.hostname,
            port=parts.port or (SMTPS if secure else SUBMISSION),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=secure,
            timeout=PATIENCE,
        ) as line:
            while waiting:
                letter = waiting[0]
                try:
                    await line.send_message(
                        message(settings.mail_from, letter), sender=settings.returns_to(letter.return_key)
                    )
                except BROKEN:
                    raise
                except Exception as error:  # what was sent before must not be sent again because of this one
                    answers[letter.id] = _judged(error)
                waiting.pop(0)
    except (*BROKEN, aiosmtplib.SMTPException) as error:
        answers |= {letter.id: error for letter in waiting}
    return answers


def _judged(error: Exception) -> Answer:
    """What the answer to a letter means; what this house or its mail server did wrong stays an error."""
    verdict: Verdict = Fault.ours
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        answer, *_ = error.recipients
        verdict = judge(answer.message, answer.code, of_recipient=True)
    elif isinstance(error, aiosmtplib.SMTPDataError):
        verdict = judge(error.message, error.code)
    return error if verdict is Fault.ours else verdict
