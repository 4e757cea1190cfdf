"""What must happen after the commit: a job is a row of the same transaction, run by the service's worker.

Jobs may run twice and must not mind. A job that keeps failing backs off, and at last waits in the dead-letter list,
which a person can see and replay.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from pgqueuer import AsyncpgPoolDriver, DatabaseRetryEntrypointExecutor, PgQueuer, Queries
from pgqueuer.models import Job as QueuedJob
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import Said, happening, said_now
from kit.db import Database

FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(hours=6)


@dataclass
class Context:
    """What a job may use: the database of its service, and what the worker put into `resources`."""

    database: Database
    resources: dict[str, Any]


Handler: TypeAlias = Callable[..., Awaitable[None]]


@dataclass
class Jobs:
    """The jobs of one service by name: `@jobs.job("mail.send")` above a one-line function that calls a verb."""

    handlers: dict[str, tuple[Handler, int]] = field(default_factory=dict)
    chores: list[Handler] = field(default_factory=list)

    def job(self, name: str, attempts: int = 8) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.handlers[name] = (handler, attempts)
            return handler

        return register

    def hourly(self, chore: Handler) -> Handler:
        """Sweeping: each worker does it when it starts and every hour, and does not mind another that does it too."""
        self.chores.append(chore)
        return chore

    def include(self, other: "Jobs") -> None:
        self.handlers |= other.handlers
        self.chores += other.chores


async def enqueue(
    session: AsyncSession, name: str, *, after: timedelta | None = None, urgent: bool = False, **payload: Any
) -> None:
    """Add a job to this transaction; it runs after the commit, not before `after` has passed.

    `urgent` goes before all that waits: somebody sits there for it.
    """
    await enqueue_all(session, name, [payload], after=after, urgent=urgent)


async def enqueue_all(
    session: AsyncSession,
    name: str,
    payloads: list[dict[str, Any]],
    *,
    after: timedelta | None = None,
    urgent: bool = False,
) -> None:
    """One such job for each payload, added as a set."""
    connection: Any = (await (await session.connection()).get_raw_connection()).driver_connection
    # An AsyncSession connects lazily; its BEGIN has to be on the wire before pgqueuer writes past SQLAlchemy.
    await (await session.connection()).exec_driver_sql("select 1")
    queries = Queries.from_asyncpg_connection(connection)
    several, said = len(payloads), said_now()
    await queries.enqueue(
        [name] * several,
        [json.dumps(payload, default=str).encode() for payload in payloads],
        [int(urgent)] * several,
        execute_after=[after] * several,
        headers=[_written(said)] * several if said else None,
    )


def _written(said: Said) -> dict[str, str]:
    """A job happens when what it follows from happened."""
    return {"happened-at": said.at.isoformat(), "said-by": str(said.by or "")}


def _read(headers: dict[str, Any] | None) -> Said | None:
    if not headers or "happened-at" not in headers:
        return None
    by = headers["said-by"]
    return Said(datetime.fromisoformat(headers["happened-at"]), UUID(by) if by else None)


def queue_for(jobs: Jobs, context: Context) -> PgQueuer:
    """A pgqueuer that runs these jobs with this context."""
    queue = PgQueuer(AsyncpgPoolDriver(context.database.pool))

    def add(name: str, handler: Handler, attempts: int) -> None:
        async def run(job: QueuedJob) -> None:
            with happening(_read(job.headers)):
                await handler(context, **json.loads(job.payload or b"{}"))

        queue.entrypoint(
            name,
            on_failure="hold",
            executor_factory=lambda parameters: DatabaseRetryEntrypointExecutor(
                parameters=parameters,
                max_attempts=attempts - 1,  # it counts tries after the first
                initial_delay=FIRST_DELAY,
                max_delay=LONGEST_DELAY,
            ),
        )(run)

    for name, (handler, attempts) in jobs.handlers.items():
        add(name, handler, attempts)
    return queue


DUE = """
select exists (select from pgqueuer where entrypoint = any($1) and status = 'queued' and execute_after <= now())
"""


async def drain(jobs: Jobs, context: Context) -> None:
    """Run every job that is due now, and return; what is to be tried later stays."""
    # pgqueuer's own drain waits for what is due hours later, too.
    pool, names = context.database.pool, list(jobs.handlers)
    while await pool.fetchval(DUE, names):
        queue = queue_for(jobs, context)
        running = asyncio.create_task(queue.run(dequeue_timeout=timedelta(seconds=0.1)))
        while not running.done() and await pool.fetchval(DUE, names):
            await asyncio.wait([running], timeout=0.01)
        queue.shutdown.set()
        await running
