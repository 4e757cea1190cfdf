from datetime import datetime
from uuid import UUID

import asyncpg

from kit.db import Plain

IS_OF_LETTER = "select exists (select from mail where return_key = $1)"
SPENT = "update mail set return_key = null where return_key = $1 returning person_id"
# Since the last bounce of theirs a letter went out that could come back, and nothing did for days.
QUIET = """
delete from unreached where by_bounce and reason <> 'junk' and exists (
  select from mail where mail.person_id = unreached.person_id and return_key is not null
    and sent_at > unreached.told_at and sent_at < $1)
returning person_id
"""


async def is_of_letter(plain: Plain, key: UUID) -> bool:
    """Whether a letter with this return key went out, and has not come back."""
    found: bool = await plain.fetchval(IS_OF_LETTER, key)
    return found


async def spend_key(connection: asyncpg.Connection, key: UUID) -> UUID | None:
    """To whom the letter with this return key went: it comes back once."""
    person: UUID | None = await connection.fetchval(SPENT, key)
    return person


async def end_of_quiet(connection: asyncpg.Connection, before: datetime) -> list[UUID]:
    """Those who got a letter before this moment that did not come back."""
    return [row["person_id"] for row in await connection.fetch(QUIET, before)]
