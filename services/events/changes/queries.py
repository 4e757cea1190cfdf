from uuid import UUID

import asyncpg

NAMES = """
select registration.id, registration.person_id, coalesce(person.name, '') as name
from registration left join person on person.id = registration.person_id
where registration.event_id = $1 and registration.withdrawn_at is null
order by registration.id
"""


async def names_of_registered(pool: asyncpg.Pool, event_id: UUID) -> list[asyncpg.Record]:
    """Registration, person and name of everybody who is registered."""
    rows: list[asyncpg.Record] = await pool.fetch(NAMES, event_id)
    return rows
