"""The worker of a service: places its facts, sends them to endpoints, follows its neighbours, runs its jobs."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TypeAlias

import asyncpg
import httpx
from pgqueuer import QueueManager
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kit.checks import serve_checks
from kit.client import Client, Refused, open_http
from kit.db import Database, open_database
from kit.facts import PLACED, listening, place_facts, sequence, wait_for
from kit.feed import Apply, Heard, follow, hear
from kit.idempotency import KEPT_FOR, forget_old_answers
from kit.jobs import ALONE_AT_ONCE, GATHERED_FOR, Context, Jobs, Kept, drain, queue_for
from kit.logs import log
from kit.outside import open_outside_http
from kit.problems import Problem
from kit.service import Neighbours, neighbours_of
from kit.settings import ServiceSettings
from kit.webhooks import delivering, endpoints
from kit.webhooks.dispatching import dispatch_new

SWEEP_EVERY = 3_600.0
JOBS_AT_ONCE = 128  # as many as make a good set; of those that are done alone, kit.jobs lets in few
DELIVERIES_AT_ONCE, SENDING_CONNECTIONS = 200, 3  # each waits for its receiver and holds no connection meanwhile
NO_LIMIT = httpx.Limits(max_connections=0)  # connections that hang keep no other waiting
QUIET = timedelta(seconds=10)
AGAIN_AFTER = 1.0
FINISHED_WITHIN = 5.0
ANSWERS = Kept("answers to requests with an idempotency key", KEPT_FOR, "the request")
KeepUp: TypeAlias = Callable[[Database], Awaitable[int]]
"""Does something with the next own facts; 0 when there are none."""
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, PoolTimeout)


async def _keep_up(keep: KeepUp, database: Database, url: str) -> None:
    """Do with own facts what is done with them, as they are placed, until the connection is lost."""
    async with listening(url, PLACED) as woken:
        while True:
            woken.clear()
            while await keep(database):
                pass
            await wait_for(woken, seconds=30)


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


@asynccontextmanager
async def sending_context(url: str) -> AsyncIterator[Context]:
    """What deliveries to endpoints use, and nothing else does: receivers that hang keep nobody from a mail."""
    async with (
        open_database(url, SENDING_CONNECTIONS) as database,
        open_http(limits=NO_LIMIT) as inside,
        open_outside_http() as outside,
    ):
        yield Context(database, {"inside": inside, "outside": outside})


async def _run_jobs(
    jobs: Jobs,
    context: Context,
    stopping: asyncio.Event,
    at_once: int = JOBS_AT_ONCE,
    alone_at_once: int = ALONE_AT_ONCE,
) -> None:
    """Run jobs as they fall due, until told to stop or the connection is lost."""
    queue = queue_for(jobs, context, alone_at_once, GATHERED_FOR)
    ending = asyncio.create_task(_shut_down(queue, stopping))
    try:
        await queue.run(batch_size=at_once // 2, max_concurrent_tasks=at_once, dequeue_timeout=QUIET)
    finally:
        ending.cancel()


async def _shut_down(queue: QueueManager, stopping: asyncio.Event) -> None:
    await stopping.wait()
    queue.shutdown.set()


async def endure(name: str, stopping: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Do this until told to stop: what breaks, because a database or a neighbour is away, begins again."""
    while not stopping.is_set():
        try:
            await work()
        except (*LOST, Refused) as error:
            log.warning("begins again", task=name, error=type(error).__name__)
        except Exception:
            log.exception("begins again", task=name)
        await wait_for(stopping, seconds=AGAIN_AFTER)


async def run_worker(
    settings: ServiceSettings,
    jobs: Jobs,
    follows: Mapping[str, Apply] | None = None,
    keeps: Mapping[str, KeepUp] | None = None,
    listener: socket.socket | None = None,
) -> None:
    """Work until SIGTERM or SIGINT, whatever is away meanwhile; `listener` answers whether it is ready.

    `follows` names the neighbours whose facts are applied here, and how; `keeps` what is done with own facts.
    """
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    async with AsyncExitStack() as stack:
        url = settings.database_url
        database = await stack.enter_async_context(open_database(url, settings.pool_size))
        http = await stack.enter_async_context(open_http())
        near = neighbours_of(settings, http)
        jobs.include(endpoints.jobs)
        jobs.hourly(ANSWERS)(_forget_old_answers)
        context = Context(database, {"http": http, "settings": settings, "neighbours": near})
        sending = await stack.enter_async_context(sending_context(url))
        heard = Heard()
        work: dict[str, Callable[[], Awaitable[None]]] = {
            "jobs": lambda: _run_jobs(jobs, context, stopping),
            "deliveries": lambda: _run_jobs(delivering.jobs, sending, stopping, DELIVERIES_AT_ONCE, DELIVERIES_AT_ONCE),
            "sequencer": lambda: sequence(url),
            "dispatcher": lambda: _keep_up(dispatch_new, database, url),
            "sweeper": lambda: _keep_sweeping(jobs, context),
        }
        for name, apply in (follows or {}).items():
            work[f"follower of {name}"] = partial(follow, database, name, _neighbour(near, name), apply, heard)
        for name, keep in (keeps or {}).items():
            work[name] = partial(_keep_up, keep, database, url)
        tasks = {name: asyncio.create_task(endure(name, stopping, each)) for name, each in work.items()}
        if listener:
            await serve_checks(database, heard, listener, stopping)
        await stopping.wait()
        await asyncio.wait([tasks["jobs"], tasks["deliveries"]], timeout=FINISHED_WITHIN)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


def _neighbour(near: Neighbours, name: str) -> Client:
    client: Client = getattr(near, name)
    return client


async def catch_up(
    database: Database,
    near: Neighbours,
    jobs: Jobs,
    context: Context,
    follows: Mapping[str, Apply] | None = None,
    keeps: Mapping[str, KeepUp] | None = None,
) -> None:
    """Do all that is waiting now, once: what a worker does, for tests and tools."""
    async with database.pool.acquire() as connection:
        while await place_facts(connection):
            pass
    for name, apply in (follows or {}).items():
        while await hear(database, name, _neighbour(near, name), apply):
            pass
    for keep in (dispatch_new, *(keeps or {}).values()):
        while await keep(database):
            pass
    await drain(jobs, context)
