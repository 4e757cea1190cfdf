"""Following the facts of one's own service, in sets and of some kinds: what was kept of them is in the transaction that
moves the cursor."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TypeAlias

import asyncpg

from kit.db import Database
from kit.facts import newest_place

PLACES = 100_000  # looked through in one transaction, whatever kinds stand there

BEGUN = "insert into cursor (source, place) values ($1, 0) on conflict do nothing"
# One at a time; the others find the cursor moved.
REACHED = "select place from cursor where source = $1 for update"
MOVED = "update cursor set place = $2 where source = $1"
AFTER = """
select place, at, kind, cluster_id, data from fact
where place > $1 and place <= $2 and kind = any($3::text[]) order by place limit $4
"""

Keep: TypeAlias = Callable[[asyncpg.Connection, Sequence[asyncpg.Record]], Awaitable[None]]


async def reached(connection: asyncpg.Connection, source: str) -> int:
    """How far `source` has followed, locked until the end of the transaction."""
    await connection.execute(BEGUN, source)
    place: int = await connection.fetchval(REACHED, source)
    return place


async def moved(connection: asyncpg.Connection, source: str, place: int) -> None:
    await connection.execute(MOVED, source, place)


async def keep_up(database: Database, source: str, kinds: Collection[str], keep: Keep, limit: int) -> int:
    """Keep what is wanted of the next facts; how many places further it is, 0 at the end."""
    newest = await newest_place(database.pool)
    async with database.writing() as connection:
        began = await reached(connection, source)
        until = min(newest, began + PLACES)
        if until <= began:
            return 0
        facts = await connection.fetch(AFTER, began, until, list(kinds), limit)
        if facts:
            await keep(connection, facts)
        if len(facts) == limit:
            until = facts[-1]["place"]
        await moved(connection, source, until)
    return until - began
