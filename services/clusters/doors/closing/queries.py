from uuid import UUID

import asyncpg

LEADERS = """
select distinct staff.person_id from membership
join staff on staff.school_id = membership.school_id and staff.ended_at is null and staff.role <> 'teacher'
where membership.cluster_id = $1 and membership.ended_at is null order by staff.person_id
"""

UNPROMISED = "update help_request set due_at = null where cluster_id = $1 and due_at is not null"


async def leaders_in(connection: asyncpg.Connection, cluster_id: UUID) -> list[UUID]:
    """Who coordinates or heads a school of the cluster."""
    return [row["person_id"] for row in await connection.fetch(LEADERS, cluster_id)]


async def end_promises(connection: asyncpg.Connection, cluster_id: UUID) -> None:
    """Nobody can answer in a closed cluster: no answer is promised there any more."""
    await connection.execute(UNPROMISED, cluster_id)
