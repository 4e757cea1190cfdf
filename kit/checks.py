"""Whether a process lives, whether it can serve, and what it measures: `/live`, `/ready`, `/metrics`."""

import asyncio
import socket

import asyncpg
from fastapi.responses import JSONResponse
from prometheus_client import Gauge
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kit.clock import real_now
from kit.db import Database
from kit.feed import Heard
from kit.observe import REGISTRY, metrics
from kit.problems import Unavailable, answer
from kit.serving import Server

ANSWERS_WITHIN = 2.0
AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
QUEUE = """
select
  count(*) filter (where status = 'picked'
    or status = 'queued' and execute_after < now() + interval '1 minute') as jobs,
  count(*) filter (where status = 'failed') as dead_letters,
  coalesce(extract(epoch from now() - min(execute_after) filter (where status = 'queued' and execute_after < now())), 0)
    as oldest
from pgqueuer
"""
JOBS = Gauge("staffroom_jobs", "Jobs that are due within a minute, or being done", registry=REGISTRY)
OLDEST = Gauge("staffroom_oldest_job_seconds", "For how long the oldest job has been due", registry=REGISTRY)
DEAD_LETTERS = Gauge("staffroom_dead_letters", "Jobs that failed for good", registry=REGISTRY)
NEWEST_FACT = Gauge(
    "staffroom_newest_fact_seconds", "Age of the newest fact heard, by its source", ["source"], registry=REGISTRY
)
LAST_HEARD = Gauge("staffroom_last_heard_seconds", "How long ago the source answered", ["source"], registry=REGISTRY)


def check_routes() -> list[BaseRoute]:
    return [Route("/live", live), Route("/ready", ready), Route("/metrics", metrics)]


async def live(request: Request) -> JSONResponse:
    return JSONResponse({"live": True})


async def ready(request: Request) -> Response:
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            await request.app.state.database.pool.fetchval("select 1")
    except AWAY:
        return answer(Unavailable())
    return JSONResponse({"ready": True})


async def serve_checks(database: Database, heard: Heard, listener: socket.socket, stopping: asyncio.Event) -> None:
    """Answer for a worker until it is told to stop."""

    async def measured(request: Request) -> Response:
        try:
            await _measure(database, heard)
        except AWAY:
            return answer(Unavailable())
        return await metrics(request)

    app = Starlette(routes=[Route("/live", live), Route("/ready", ready), Route("/metrics", measured)])
    app.state.database = database
    server = Server(app, listens_to_signals=False)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await stopping.wait()
    server.should_exit = True
    await serving


async def _measure(database: Database, heard: Heard) -> None:
    async with asyncio.timeout(ANSWERS_WITHIN):
        (row,) = await database.pool.fetch(QUEUE)
    JOBS.set(row["jobs"])
    OLDEST.set(row["oldest"])
    DEAD_LETTERS.set(row["dead_letters"])
    for gauge, moments in ((LAST_HEARD, heard.answered), (NEWEST_FACT, heard.newest)):
        for source, at in moments.items():
            gauge.labels(source).set((real_now() - at).total_seconds())
