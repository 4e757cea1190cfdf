from datetime import date, timedelta
from functools import partial

import asyncpg

from kit.clock import real_now
from kit.db import Database
from services.clusters.activity import queries
from services.clusters.activity.schemas import SumsIn
from services.roster.activity.counting import Counted, Counting, count_new
from services.roster.activity.models import ActivityKind
from services.roster.activity.queries import Cell


async def keep_told(connection: asyncpg.Connection, told: SumsIn) -> None:
    """Keep what a service counted, and what it comes to in the cluster and in the country."""
    if told.sums:
        await queries.lock_sums(connection)
        if cells := await queries.keep_told(connection, told.sums):
            await _add_up(connection, cells)
    if told.complete:
        await queries.note_complete(connection, told.source, real_now())


async def look_ahead(database: Database) -> None:
    """What was planned for later comes near as time passes."""
    today = real_now().date()
    if clusters := await queries.clusters_with_meetings_near(database.pool, (today.replace(day=1), _next_month(today))):
        async with database.writing() as connection:
            await queries.lock_sums(connection)
            await queries.keep_latest(connection, clusters, _next_month(today))


async def _add_up_own(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    await queries.lock_sums(connection)
    await _add_up(connection, cells)


async def _add_up(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    await queries.add_up(connection, cells)
    await queries.keep_latest(connection, {cluster_id for cluster_id, _ in cells}, _next_month(real_now().date()))


def _next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)


COUNTING = Counting(
    facts=queries.STEPS,
    everything=queries.EVERYTHING,
    touched=queries.touched,
    counted=(Counted((ActivityKind.planning,), queries.PLANNED),),
    changed=_add_up_own,
)
count_own = partial(count_new, COUNTING)
