from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import asyncpg

from kit.clock import real_now
from kit.db import Database
from services.clusters.overviews.activity import queries
from services.clusters.overviews.activity.models import REMEMBERED
from services.clusters.overviews.activity.schemas import SumIn
from services.roster.activity.counting import Counted, Counting, count_new
from services.roster.activity.models import ActivityKind
from services.roster.activity.queries import Cell


async def keep_told(connection: asyncpg.Connection, sums: Sequence[SumIn]) -> None:
    """Keep what a service counted, and what it comes to in the cluster and in the country."""
    if not sums:
        return
    await queries.lock_sums(connection)
    if cells := await queries.keep_told(connection, sums):
        await _add_up(connection, cells)


async def look_ahead(database: Database) -> None:
    """What was planned for later comes near as time passes."""
    today = real_now().date()
    if clusters := await queries.clusters_with_meetings_near(database.pool, (today.replace(day=1), _next_month(today))):
        async with database.writing() as connection:
            await queries.lock_sums(connection)
            await queries.keep_latest(connection, clusters, _remembered(today))


async def _add_up_own(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    await queries.lock_sums(connection)
    await _add_up(connection, cells)


async def _add_up(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    await queries.add_up(connection, cells)
    await queries.keep_latest(connection, {cluster_id for cluster_id, _ in cells}, _remembered(real_now().date()))


def _remembered(today: date) -> tuple[date, date]:
    return (today - REMEMBERED).replace(day=1), _next_month(today)


def _next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)


COUNTING = Counting(
    facts=queries.STEPS,
    touched=queries.touched,
    counted=(Counted((ActivityKind.planning,), queries.PLANNED),),
    changed=_add_up_own,
)
count_own = partial(count_new, COUNTING)
