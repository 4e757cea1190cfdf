"""All that this service keeps about a person, and how it goes: a new table of theirs wants its line here."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.offices.models import Office
from services.clusters.directory.offices.queries import office_state
from services.clusters.directory.staff.models import Staff
from services.clusters.doors.erasure.writings import ASKED, WRITINGS
from services.clusters.doors.invitations.models import Invitation

# What opens the house to them, and what was typed or sent under their addresses or by digests of who they are.
OF_ADDRESSES = (
    "delete from mail_link where mail = any($1::text[])",
    "delete from link_request where mail = any($1::text[])",
    "delete from introduction where mail = any($1::text[])",
    "delete from newcomer where mail = any($1::text[])",
    "delete from mailbox_mail where mail = any($1::text[])",
    "delete from address where mail = any($1::text[])",
)
# Lists that others brought: the rows of people that are theirs, and of others the cells that say their address. $1 are
# their addresses, $2 the same as patterns: `ann@x.cz` does not stand in `joann@x.cz`.
OF_LISTS = (
    """
update import_sheet sheet set rows = (
  select jsonb_agg(case
      when made.kind = 'people' and (lower(btrim(row.value ->> mail_at.place)) = any($1::text[])
        or exists (select from import_line line where line.import_id = made.id
          and line.number = row.place and line.mail = any($1::text[])))
      then '[]'::jsonb else (
        select coalesce(jsonb_agg(
            case when lower(cell.value) ~ any($2::text[]) then '' else cell.value end order by cell.place), '[]')
        from jsonb_array_elements_text(row.value) with ordinality cell (value, place)) end order by row.place)
  from jsonb_array_elements(sheet.rows) with ordinality row (value, place))
from import made
left join lateral (
  select place::int - 1 as place from jsonb_array_elements_text(made.columns) with ordinality named (field, place)
  where field = 'mail') mail_at on true
where made.id = sheet.import_id
  and exists (select from unnest($1::text[]) mail where strpos(lower(sheet.rows::text), mail) > 0)
""",
    """
update import set headings = (
  select jsonb_agg(jsonb_build_array(case when exists (
        select from jsonb_array_elements(headings) taken where lower(taken.value ->> 0) ~ any($2::text[]))
      then '""' else heading.value -> 0 end, '') order by heading.place)
  from jsonb_array_elements(headings) with ordinality heading (value, place))
where exists (
  select from jsonb_array_elements(headings) heading, jsonb_array_elements_text(heading.value) said
  where lower(said.value) ~ any($2::text[]))
  or id in (select import_id from import_line where mail = any($1::text[]))
""",
    "delete from import_line where mail = any($1::text[])",
    """
update import_line set cells = '[]', wrong = (
    select coalesce(jsonb_agg(one.value || '{"value": ""}' order by one.place), '[]')
    from jsonb_array_elements(wrong) with ordinality one (value, place)),
  said = (
    select jsonb_agg(case when whose.kind = 'people' and one.place = 1 or lower(one.value) ~ any($2::text[])
      then '' else one.value end order by one.place)
    from jsonb_array_elements_text(said) with ordinality one (value, place))
from import whose
where whose.id = import_line.import_id
  and exists (select from unnest($1::text[]) mail where strpos(lower((cells || said)::text), mail) > 0)
  and exists (select from jsonb_array_elements_text(cells || said) cell where lower(cell.value) ~ any($2::text[]))
""",
)
ALL_LISTS = "select from import order by id for update"
LEFT_AS = "select left_mails from person where id = $1 and left_at is not null"
LISTS_DONE = "update person set left_mails = '{}' where id = $1"
KEEP_FOR_LISTS = "update person set left_mails = $2 where id = $1"
OF_DIGESTS = "delete from sign_in_try where mail_digest = any($1::text[]) or from_digest = any($1::text[])"
WAYS_IN = (
    "delete from mailbox_mail where mail in (select mail from waiting_address where person_id = $1)",
    "delete from waiting_address where person_id = $1",
    "delete from password where person_id = $1",
    "delete from known_device where person_id = $1",
    "delete from identity where person_id = $1",
    "delete from disconnection where person_id = $1",
    "delete from authentication_request where person_id = $1",
    "delete from second_factor where person_id = $1",
    "delete from recovery_code where person_id = $1",
    "delete from passkey where person_id = $1",
    "delete from passkey_challenge where person_id = $1",
)
OF_PERSON = (
    *WAYS_IN,
    "delete from portrait where person_id = $1",
    "delete from card where person_id = $1",
    "delete from session where person_id = $1",
    "delete from mail_link where invitation_id in (select id from invitation where person_id = $1)",
    "delete from invitation where person_id = $1",
    "delete from digest_item where person_id = $1",
    "delete from digest_due where person_id = $1",
    "delete from hearing where person_id = $1",
    "delete from preference where person_id = $1",
    "delete from calendar_feed where person_id = $1",
    "delete from nudge_rest where person_id = $1",
    "delete from notice where person_id = $1",
    "delete from mail where person_id = $1",
    "delete from unreached where person_id = $1",
)
# The statements below read a whole table, once for each person who leaves: a name may stand in any of its rows.
NAMES_SO_FAR = """
select distinct data ->> 'name' from fact
where kind in ('person.registered', 'person.changed') and data ->> 'person_id' = $1 and data ->> 'name' <> ''
"""
# What others were told names people by their names alone: who is called the same loses it there as well. Locked in
# the order in which readers lock them.
NAMED = """
with naming as (
  select id from {table} where exists (
    select from jsonb_each(params) said where said.key = any($1::text[]) and said.value = to_jsonb($2::text))
  order by id for update)
update {table} set params = params || (
  select jsonb_object_agg(said.key, '') from jsonb_each(params) said
  where said.key = any($1::text[]) and said.value = to_jsonb($2::text))
from naming where {table}.id = naming.id
"""
NAMED_IN = tuple(NAMED.format(table=table) for table in ("notice", "mail"))
# In lines of a digest, in answers that are kept for a repetition, and in a house that sends no mail in its mailbox.
SAID_IN = (
    "delete from mail where sent_at is null and kind = 'digest' and strpos(params::text, $1) > 0",
    "delete from kept_answer where position(convert_to($1, 'UTF8') in body) > 0",
)
IN_THE_MAILBOX = "delete from mailbox_mail where concat_ws(' ', subject, text, calendar) ~ $1"
# The facts that named them stay, with their places, for counts; who follows from the beginning hears no name.
TOLD_BEFORE = """
update fact set data = data || '{"name": ""}'
where kind in ('person.registered', 'person.changed') and data ->> 'person_id' = $1
"""
SENT_BEFORE = """
delete from delivery
where body::jsonb ->> 'type' in ('person.registered', 'person.changed') and body::jsonb #>> '{data,person_id}' = $1
"""
ALONE = """
select school.id, school.name from staff
join school on school.id = staff.school_id
where staff.person_id = $1 and staff.role = 'coordinator' and staff.ended_at is null and not exists (
  select from staff other where other.school_id = staff.school_id and other.id <> staff.id
    and other.role = 'coordinator' and other.ended_at is null)
order by school.name, school.id
"""


async def schools_without_another(pool: asyncpg.Pool, person_id: UUID) -> list[dict[str, Any]]:
    """The schools whose last coordinator somebody is."""
    return [dict(row) for row in await pool.fetch(ALONE, person_id)]


async def is_last_programme_coordinator(db: AsyncSession, person_id: UUID) -> bool:
    return any([(await office_state(db, office)).is_last for office in await offices_of(db, person_id)])


async def staff_of(db: AsyncSession, person_id: UUID) -> list[Staff]:
    """In one order, so that two who leave at once do not wait for each other's schools."""
    mine = select(Staff).where(Staff.person_id == person_id, col(Staff.ended_at).is_(None))
    return list(await db.exec(mine.order_by(col(Staff.school_id))))


async def offices_of(db: AsyncSession, person_id: UUID) -> list[Office]:
    mine = select(Office).where(Office.person_id == person_id, col(Office.ended_at).is_(None))
    return list(await db.exec(mine.order_by(col(Office.id))))


async def unanswered_invitations(db: AsyncSession, person_id: UUID) -> list[Invitation]:
    asked = select(Invitation).where(Invitation.person_id == person_id, col(Invitation.answer).is_(None))
    return list(await db.exec(asked.order_by(col(Invitation.id)).with_for_update()))


async def end_requests(connection: asyncpg.Connection, person_id: UUID) -> None:
    """What they asked for help waits for nobody any more."""
    await connection.execute(ASKED, person_id)


async def erase_writings(connection: asyncpg.Connection, person_id: UUID) -> None:
    """What they wrote goes; that something was asked or answered stays."""
    for statement in WRITINGS:
        await connection.execute(statement, person_id)


async def erase_ways_in(
    connection: asyncpg.Connection, person_id: UUID, addresses: Sequence[str], digests: Sequence[str]
) -> None:
    """Nobody comes in as them any more, and nothing says which addresses were theirs."""
    await connection.execute(KEEP_FOR_LISTS, person_id, addresses)
    for statement in OF_ADDRESSES:
        await connection.execute(statement, addresses)
    for statement in WAYS_IN:
        await connection.execute(statement, person_id)
    await connection.execute(OF_DIGESTS, digests)
    for address in addresses:
        for statement in SAID_IN:
            await connection.execute(statement, address)


async def erase_from_lists(connection: asyncpg.Connection, person_id: UUID) -> None:
    """Lists that others brought say nothing of them any more."""
    addresses = await connection.fetchval(LEFT_AS, person_id)
    if not addresses:
        return
    # The lists before their rows, as whoever tries one out, begins or stops it.
    await connection.execute(ALL_LISTS)
    patterns = [rf"(?<![\w.+-]){re.escape(mail)}(?![\w-]|\.\w)" for mail in addresses]
    for statement in OF_LISTS:
        used = [values for number, values in ((1, addresses), (2, patterns)) if f"${number}" in statement]
        await connection.execute(statement, *used)
    await connection.execute(LISTS_DONE, person_id)


async def erase_all(connection: asyncpg.Connection, person_id: UUID, named_as: Sequence[str]) -> None:
    """What is kept about them, and each name that they had, wherever it stands.

    `named_as` are the parameters of news that name people.
    """
    for (name,) in await connection.fetch(NAMES_SO_FAR, str(person_id)):
        for statement in NAMED_IN:
            await connection.execute(statement, named_as, name)
        for statement in SAID_IN:
            await connection.execute(statement, name)
        await connection.execute(IN_THE_MAILBOX, rf"(^|\W){re.escape(name)}(\W|$)")
    for statement in OF_PERSON:
        await connection.execute(statement, person_id)
    for statement in (TOLD_BEFORE, SENT_BEFORE):
        await connection.execute(statement, str(person_id))
