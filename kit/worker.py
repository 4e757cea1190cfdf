"""The worker of a service: places its facts, sends them to endpoints, follows its neighbours, runs its jobs."""

import asyncio
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kit import webhooks
from kit.client import Client, open_http
from kit.db import Database, open_database
from kit.facts import PLACED, facts_after, listening, place_facts, sequence
from kit.feed import Apply, Cursor, FactOut, follow, hear
from kit.idempotency import forget_old_answers
from kit.jobs import Context, Jobs, drain, queue_for
from kit.logs import log
from kit.outside import open_outside_http
from kit.problems import Problem
from kit.service import Neighbours, neighbours_of
from kit.settings import ServiceSettings

SWEEP_EVERY = 3_600.0
JOBS_AT_ONCE = 8  # a long queue must not take every connection of the services that it asks
QUIET = timedelta(seconds=10)
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, PoolTimeout)
OWN = "own facts, to endpoints"


async def dispatch_new(database: Database) -> int:
    """Send facts that were placed since the last time on their way to endpoints; how many facts."""
    async with database.transaction() as session:
        # One dispatcher at a time; the others find the cursor moved.
        cursor = await session.get(Cursor, OWN, with_for_update=True)
        if cursor is None:
            cursor = Cursor(source=OWN)
            session.add(cursor)
        facts = await facts_after(database.pool, cursor.place, 200)
        for fact in facts:
            await webhooks.dispatch(session, FactOut.model_validate(fact))
            cursor.place = fact["place"]
    return len(facts)


async def _dispatch(database: Database, url: str) -> None:
    while True:
        try:
            async with listening(url, PLACED) as woken:
                while True:
                    woken.clear()
                    while await dispatch_new(database):
                        pass
                    try:
                        await asyncio.wait_for(woken.wait(), 30)
                    except TimeoutError:
                        continue
        except LOST as error:
            log.warning("dispatcher lost its database", error=type(error).__name__)
            await asyncio.sleep(1)


async def _forget_old_answers(context: Context) -> None:
    await forget_old_answers(context.database.pool)


async def sweep(jobs: Jobs, context: Context) -> None:
    """Do every hourly chore once; one that fails does not keep the others from it."""
    for chore in jobs.chores:
        try:
            await chore(context)
        except (*LOST, Problem) as error:
            log.warning("could not sweep", chore=chore.__name__, error=type(error).__name__)


async def _keep_sweeping(jobs: Jobs, context: Context) -> None:
    while True:
        await sweep(jobs, context)
        await asyncio.sleep(SWEEP_EVERY)


async def run_worker(
    settings: ServiceSettings,
    jobs: Jobs,
    follows: Mapping[str, Apply] | None = None,
) -> None:
    """Work until SIGTERM or SIGINT. `follows` names the neighbours whose facts are applied here, and how."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings.database_url, settings.pool_size))
        http = await stack.enter_async_context(open_http())
        outside = await stack.enter_async_context(open_outside_http())
        near = neighbours_of(settings, http)
        jobs.include(webhooks.jobs)
        jobs.hourly(_forget_old_answers)
        resources = {"http": http, "outside": outside, "settings": settings, "neighbours": near}
        context = Context(database, resources)
        queue = queue_for(jobs, context)
        tasks = [
            asyncio.create_task(sequence(settings.database_url)),
            asyncio.create_task(_dispatch(database, settings.database_url)),
            asyncio.create_task(
                queue.run(batch_size=JOBS_AT_ONCE // 2, max_concurrent_tasks=JOBS_AT_ONCE, dequeue_timeout=QUIET)
            ),
            asyncio.create_task(_keep_sweeping(jobs, context)),
            *(
                asyncio.create_task(follow(database, name, _neighbour(near, name), apply))
                for name, apply in (follows or {}).items()
            ),
        ]
        stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
        queue.shutdown.set()
        await asyncio.wait([tasks[2]], timeout=5)
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


def _neighbour(near: Neighbours, name: str) -> Client:
    client: Client = getattr(near, name)
    return client


async def catch_up(
    database: Database,
    near: Neighbours,
    jobs: Jobs,
    context: Context,
    follows: Mapping[str, Apply] | None = None,
) -> None:
    """Do all that is waiting now, once: what a worker does, for tests and tools."""
    async with database.pool.acquire() as connection:
        while await place_facts(connection):
            pass
    for name, apply in (follows or {}).items():
        while await hear(database, name, _neighbour(near, name), apply):
            pass
    while await dispatch_new(database):
        pass
    await drain(jobs, context)
