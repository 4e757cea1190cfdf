"""Telling clusters the sums that changed, in sets; a sum says when it was counted, so the newest one stays."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import asyncpg

from kit.db import Database
from kit.jobs import Context, Jobs, enqueue, queue_all
from services.roster.activity.counting import OWN
from services.roster.activity.models import NO_SCHOOL
from services.roster.activity.queries import Cell, is_up_to_date, note_told, to_tell

AT_ONCE = 500

jobs = Jobs()


@dataclass
class Turn:
    """One tells at a time; who comes meanwhile leaves it to that one."""

    is_taken: bool = False
    is_asked: bool = False


turns: defaultdict[Database, Turn] = defaultdict(Turn)


@jobs.together("activity.tell")
async def tell_activity(context: Context, tellings: list[dict[str, str]]) -> None:
    turn = turns[context.database]
    turn.is_asked = True
    if turn.is_taken:
        return
    turn.is_taken = True
    try:
        while turn.is_asked:
            turn.is_asked = False
            await _tell_all(context)
    finally:
        turn.is_taken = False


@jobs.hourly()
async def tell_what_is_left(context: Context) -> None:
    """Also of what nobody could be told when it was counted; and that all is counted, where nothing ever happens."""
    async with context.database.transaction() as db:
        await enqueue(db, "activity.tell")


async def _tell_all(context: Context) -> None:
    clusters, pool = context.resources["neighbours"].clusters, context.database.pool
    said: dict[str, Any] = {"source": context.resources["settings"].service}
    while sums := await to_tell(pool, AT_ONCE):
        told = [
            {name: str(value) for name, value in each.items() if value != NO_SCHOOL}
            | {"count": each["count"], "counted_at": each["counted_at"].isoformat()}
            for each in sums
        ]
        await clusters.ask("POST", "/v1/activity", json=said | {"sums": told})
        await note_told(context.database, OWN, sums)
    if await is_up_to_date(pool, OWN):
        await clusters.ask("POST", "/v1/activity", json=said | {"sums": [], "complete": True})


async def tell_soon(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    await queue_all(connection, "activity.tell", [{}])
