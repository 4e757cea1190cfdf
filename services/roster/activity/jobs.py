"""Telling clusters the sums that changed, in sets; a sum says when it was counted, so the newest one stays."""

import asyncpg

from kit.jobs import Context, Jobs, queue_all
from services.roster.activity.models import NO_SCHOOL
from services.roster.activity.queries import Cell, note_told, to_tell

AT_ONCE = 500

jobs = Jobs()


@jobs.together("activity.tell")
async def tell_activity(context: Context, tellings: list[dict[str, str]]) -> None:
    clusters = context.resources["neighbours"].clusters
    while sums := await to_tell(context.database.pool, AT_ONCE):
        told = [
            {name: str(value) for name, value in each.items() if value != NO_SCHOOL}
            | {"count": each["count"], "counted_at": each["counted_at"].isoformat()}
            for each in sums
        ]
        await clusters.ask("POST", "/v1/activity", json={"sums": told})
        await note_told(context.database.pool, sums)


async def tell_soon(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    await queue_all(connection, "activity.tell", [{}])
