"""Counting what happened, in sums: where own facts say that something changed, it is counted anew."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

import asyncpg

from kit.dates import FIRST_MONTH, school_year_of
from kit.db import Database
from kit.facts import newest_place
from kit.own_facts import keep_up, moved, reached
from services.roster.activity.models import ActivityKind
from services.roster.activity.queries import Cell, keep_counted

# Has another name once something more is counted: who has counted nothing under this name counts everything.
OWN = "own facts, counted by section"
# While everything is counted for the first time: how many clusters are done, and which facts come afterwards.
FIRST, AFTERWARDS = "clusters, counted first", "own facts, once all is counted"
# Many at a time: from the beginning, what changed often is counted once for all of them.
AT_ONCE, CLUSTERS_AT_ONCE = 40_000, 50

HAS_BEGUN = "select exists (select from cursor where source = $1)"
# In an order that a cluster which comes meanwhile does not change: its facts are heard afterwards.
CLUSTERS = "select id from cluster order by id offset $1 limit $2"
BEGINS = "insert into cursor (source, place) values ($1, $2) on conflict do nothing"
OVER = """
with over as (delete from cursor where source = any($2::text[]) returning source, place)
insert into cursor (source, place) select $1, place from over where source = $3 on conflict do nothing
"""

Touched: TypeAlias = Callable[[asyncpg.Connection, Sequence[asyncpg.Record]], Awaitable[set[Cell]]]
Changed: TypeAlias = Callable[[asyncpg.Connection, set[Cell]], Awaitable[None]]


@dataclass(frozen=True)
class Counted:
    """Kinds that one statement counts, by month or by school year."""

    kinds: tuple[ActivityKind, ...]
    statement: str
    by_year: bool = False


@dataclass(frozen=True)
class Counting:
    """What a service counts: which of its facts touch which cells, by which statements, and what follows a change.

    `everything`: a statement for all cells of some clusters ($1).
    """

    facts: frozenset[str]
    everything: str
    touched: Touched
    counted: tuple[Counted, ...]
    changed: Changed


async def count_new(counting: Counting, database: Database) -> int:
    """Count what the next facts touched; 0 when there are none. Who has counted nothing yet counts everything."""
    # Again, where somebody wanted all of it counted anew meanwhile.
    while not await database.pool.fetchval(HAS_BEGUN, OWN):
        await _count_everything(counting, database)
    return await keep_up(database, OWN, counting.facts, partial(_count_touched, counting), AT_ONCE)


async def _count_everything(counting: Counting, database: Database) -> None:
    """Some clusters in a transaction: who is killed goes on where it was.

    Facts are heard from the first beginning on: what happened in a cluster once it was counted is counted anew.
    """
    await database.pool.execute(BEGINS, AFTERWARDS, await newest_place(database.pool))
    while True:
        async with database.writing() as connection:
            done = await reached(connection, FIRST)
            some = [row["id"] for row in await connection.fetch(CLUSTERS, done, CLUSTERS_AT_ONCE)]
            if not some or await connection.fetchval(HAS_BEGUN, OWN):
                await connection.execute(OVER, OWN, [FIRST, AFTERWARDS], AFTERWARDS)
                return
            cells = await connection.fetch(counting.everything, some)
            await _count(counting, connection, {(row["cluster_id"], row["month"]) for row in cells})
            await moved(connection, FIRST, done + len(some))


async def _count_touched(counting: Counting, connection: asyncpg.Connection, facts: Sequence[asyncpg.Record]) -> None:
    await _count(counting, connection, await counting.touched(connection, facts))


async def _count(counting: Counting, connection: asyncpg.Connection, cells: Iterable[Cell]) -> None:
    changed: set[Cell] = set()
    for each in counting.counted:
        if asked := _years(cells) if each.by_year else set(cells):
            changed |= await keep_counted(connection, each.statement, each.kinds, asked)
    if changed:
        await counting.changed(connection, changed)


def _years(cells: Iterable[Cell]) -> set[Cell]:
    return {(cluster_id, date(school_year_of(month), FIRST_MONTH, 1)) for cluster_id, month in cells}
