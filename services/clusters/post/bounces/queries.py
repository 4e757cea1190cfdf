from datetime import datetime
from uuid import UUID

import asyncpg

WHOSE = "select person_id from mail where return_key = $1"
SPENT = "update mail set return_key = null where return_key = $1"
# Since the last bounce of theirs a letter went out, and nothing came back of it for days.
QUIET = """
delete from unreached where by_bounce and reason <> 'junk' and exists (
  select from mail where mail.person_id = unreached.person_id and sent_at > unreached.told_at and sent_at < $1)
returning person_id
"""


async def person_of_letter(connection: asyncpg.Connection, key: UUID) -> UUID | None:
    """To whom the letter with this return key went."""
    person: UUID | None = await connection.fetchval(WHOSE, key)
    return person


async def spend_key(connection: asyncpg.Connection, key: UUID) -> None:
    """A letter comes back once."""
    await connection.execute(SPENT, key)


async def end_of_quiet(connection: asyncpg.Connection, before: datetime) -> list[UUID]:
    """Those who got a letter before this moment that did not come back."""
    return [row["person_id"] for row in await connection.fetch(QUIET, before)]
