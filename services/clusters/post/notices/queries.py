from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from fastapi import Request
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Plain
from kit.pages import GREATEST_ID
from kit.problems import NotFound
from services.clusters.directory.people.queries import LETTERS_GO_TO
from services.clusters.post.notices.models import MailboxMail, Notice
from services.clusters.post.preferences.models import Way

NOTICES = """
select id, kind, params, path, news, told_at, seen_at from notice
where person_id = $1 and id < $2 order by id desc limit $3
"""
TAKEN = """
insert into told (once, at) select distinct asked.once, $2::timestamptz from unnest($1::text[]) asked(once) order by 1
on conflict do nothing returning once
"""
KNOWN = f"""
select person.id, person.name, person.language, person.zone, person.mail_key as key, address.mail,
  coalesce(hearing.without_content, false) as without_content, unreached.reason as unreached,
  array(select kind || ' ' || way from preference where person_id = person.id) as chosen
from person join lateral {LETTERS_GO_TO} address on true left join hearing on hearing.person_id = person.id
left join unreached on unreached.person_id = person.id
where person.id = any($1::uuid[])
"""
# News of one thread come one after the other: two at once would both begin a notice. Sorted, so that two who tell of
# several threads do not wait for each other.
LOCKED = """
select pg_advisory_xact_lock(hashtextextended(asked.thread, 0))
from (select distinct thread from unnest($1::text[]) each(thread) order by thread) asked
"""
UNSEEN = """
select id, person_id, thread from notice
where person_id = any($1::uuid[]) and thread = any($2::text[]) and seen_at is null order by id for update
"""
TOLD = """
insert into notice (id, person_id, kind, params, path, thread, news, told_at, seen_at)
select id, person_id, kind, params, path, thread, news, $8, $9
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::text[], $6::text[], $7::int[])
  told(id, person_id, kind, params, path, thread, news)
"""
JOINED = """
update notice set news = notice.news + joined.news, params = joined.params, told_at = $4
from unnest($1::uuid[], $2::int[], $3::jsonb[]) joined(id, news, params) where notice.id = joined.id
"""
# One to an address that their letters do not go to comes back to nobody.
POSTED = f"""
insert into mail (id, person_id, kind, params, calendar, address, queued_at, return_key)
select posted.id, person_id, kind, params, calendar, address, $7,
  case when address is null or address = {LETTERS_GO_TO} then gen_random_uuid() end
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::text[], $6::text[])
  posted(id, person_id, kind, params, calendar, address)
join person on person.id = posted.person_id
"""
UNSENT = """
select id, person_id, kind, params, calendar, address, queued_at, return_key from mail
where id = any($1::uuid[]) and sent_at is null
"""
DROPPED = "delete from mail where id = any($1::uuid[]) and sent_at is null"
# One that two workers have at once is put into the mailbox by whoever marks it first.
SENT = """
with sent as (
  update mail set sent_at = $1, params = '{}', calendar = null, address = null
  where sent_at is null and id in (select id from mail where id = any($2::uuid[]) order by id for update) returning id)
insert into mailbox_mail (id, mail, subject, language, text, calendar, at)
select letter.id, letter.mail, letter.subject, letter.language, letter.text, letter.calendar, $3
from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
  letter(mail_id, id, mail, subject, language, text, calendar)
join sent on sent.id = letter.mail_id
"""
RETURNS_FORGOTTEN = "update mail set return_key = null where person_id = $1"
# So that nobody chooses another address until what became of their letters is written down.
HELD = "select from person where id = any($1::uuid[]) order by id for no key update"
# A warning is not recalled by whoever it warns of.
RECALLED = "delete from mail where person_id = $1 and address = $2 and sent_at is null and kind <> 'way_in_changed'"
DIRECTED = "update mail set address = $3 where person_id = $1 and kind = $2 and address is null and sent_at is null"
LEFT = "select id from person where id = any($1::uuid[]) and left_at is not null"


@dataclass(frozen=True)
class Known:
    """Somebody who can be told: who they are, the address that mails go to, and how they want to be told.

    `key` stops a kind of their mails; `chosen` are kinds that come another way than by mail at once, with the way.
    `unreached` is why mails do not reach them.
    """

    id: UUID
    name: str
    language: str
    zone: str
    mail: str
    key: UUID
    without_content: bool
    chosen: Sequence[str]
    unreached: str | None = None

    @property
    def ways(self) -> dict[str, Way]:
        return {kind: Way(way) for kind, way in (each.split(" ") for each in self.chosen)}


async def notices_of(pool: asyncpg.Pool, person_id: UUID, before: UUID | None, limit: int) -> list[dict[str, Any]]:
    """What a person was told, newest first."""
    return [dict(row) for row in await pool.fetch(NOTICES, person_id, before or GREATEST_ID, limit + 1)]


async def unseen_notices(db: AsyncSession, person_id: UUID, path: str | None) -> list[Notice]:
    unseen = select(Notice).where(Notice.person_id == person_id, col(Notice.seen_at).is_(None))
    if path:
        unseen = unseen.where(Notice.path == path)
    return list(await db.exec(unseen.order_by(col(Notice.id)).with_for_update()))


async def not_told_yet(connection: asyncpg.Connection, names: list[str]) -> set[str]:
    """Those of these `once` that nobody was told of until now; from now on they count as told."""
    return {row["once"] for row in await connection.fetch(TAKEN, names, real_now())} if names else set()


async def unseen_of_threads(
    connection: asyncpg.Connection, people: Collection[UUID], threads: Collection[str]
) -> dict[tuple[UUID, str], UUID]:
    """What these people have not yet seen of these threads: the notice, by person and thread."""
    if not threads:
        return {}
    await connection.execute(LOCKED, list(threads))
    rows = await connection.fetch(UNSEEN, list(people), list(threads))
    return {(row["person_id"], row["thread"]): row["id"] for row in rows}


async def people_with_mail(connection: Plain, people: Collection[UUID]) -> dict[UUID, Known]:
    """Persons and their addresses, by id; who is unknown or has no address is missing."""
    return {row["id"]: Known(**row) for row in await connection.fetch(KNOWN, list(set(people)))}


async def who_left(connection: Plain, people: Collection[UUID]) -> set[UUID]:
    """Those of these people who left for good."""
    return {row["id"] for row in await connection.fetch(LEFT, list(people))} if people else set()


async def unsent_mails(pool: asyncpg.Pool, asked: list[UUID]) -> list[asyncpg.Record]:
    """Those of these letters that are not sent, in the order of asking."""
    found = {row["id"]: row for row in await pool.fetch(UNSENT, asked)}
    return [found[mail_id] for mail_id in asked if mail_id in found]


async def letters_go_to(connection: asyncpg.Connection, people: Collection[UUID]) -> dict[UUID, str]:
    """Where letters to these people go now, and until this transaction ends."""
    if not people:
        return {}
    await connection.execute(HELD, list(people))
    return {person_id: known.mail for person_id, known in (await people_with_mail(connection, people)).items()}


async def forget_returns(connection: Plain, person_id: UUID) -> None:
    """What they were sent until now says nothing of them any more when it comes back."""
    await connection.execute(RETURNS_FORGOTTEN, person_id)


async def recall_mails(connection: Plain, person_id: UUID, address: str) -> None:
    """What was to go to this address, and has not gone."""
    await connection.execute(RECALLED, person_id, address)


async def direct_mails(connection: Plain, person_id: UUID, kind: str, address: str) -> None:
    """Letters of this kind that have not gone go to this address, wherever letters go then."""
    await connection.execute(DIRECTED, person_id, kind, address)


async def drop_mails(connection: asyncpg.Connection, mails: list[UUID]) -> None:
    """What no server takes is kept no longer."""
    if mails:
        await connection.execute(DROPPED, mails)


async def mailbox(request: Request) -> None:
    """Raises NotFound unless this house keeps its mails on a page."""
    if not request.app.state.settings.mailbox:
        raise NotFound


async def mailbox_mails(db: AsyncSession, mail: str, before: UUID | None, limit: int) -> list[MailboxMail]:
    newest = select(MailboxMail).order_by(col(MailboxMail.id).desc()).limit(limit + 1)
    if mail:
        newest = newest.where(MailboxMail.mail == mail.lower())
    if before:
        newest = newest.where(MailboxMail.id < before)
    return list(await db.exec(newest))
