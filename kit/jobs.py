"""What must happen after the commit: a job is a row of the same transaction, run by the service's worker.

Jobs may run twice and must not mind. A job that keeps failing backs off, and at last waits in the dead-letter list,
which a person can see and replay. A neighbour or a database that says it cannot do it just now is asked until it can.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
from pgqueuer import AsyncpgPoolDriver, DatabaseRetryEntrypointExecutor, Queries, QueueManager
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job as QueuedJob
from pgqueuer.models import TracebackRecord
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import Said, happening, said_now
from kit.db import Database, plain
from kit.failures import is_away
from kit.logs import log
from kit.together import Together, is_nobodys_fault

ALONE_AT_ONCE = 8  # a long queue must not take every connection of the services that it asks
GATHERED_FOR = 0.02  # seconds that a job waits for others with which it is done
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(hours=6)
AWAY_DELAY, MOST_DOUBLINGS = timedelta(seconds=15), 5
WRITTEN_AGAIN_AFTER = 1.0


@dataclass
class Context:
    """What a job may use: the database of its service, and what the worker put into `resources`."""

    database: Database
    resources: dict[str, Any]


Handler: TypeAlias = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """What is done, and how often it is tried; `together`: as a set of payloads, of all such jobs that fall due."""

    handler: Handler
    attempts: int
    together: bool = False


@dataclass(frozen=True)
class Kept:
    """How long something is kept, since when."""

    what: str
    lasts: timedelta
    since: str


@dataclass
class Jobs:
    """The jobs of one service by name: `@jobs.job("mail.send")` above a one-line function that calls a verb."""

    handlers: dict[str, Job] = field(default_factory=dict)
    chores: list[Handler] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def job(self, name: str, attempts: int = 8, *, together: bool = False) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.handlers[name] = Job(handler, attempts, together)
            return handler

        return register

    def together(self, name: str, attempts: int = 8) -> Callable[[Handler], Handler]:
        """For a function that takes a list of payloads; what it did of them it must not mind to be asked for again."""
        return self.job(name, attempts, together=True)

    def hourly(self, *kept: Kept) -> Callable[[Handler], Handler]:
        """Sweeping: each worker does it when it starts and every hour, and does not mind another that does it too.

        `kept` says what it forgets; the table of all of it is printed (docs/retention.md).
        """

        def register(chore: Handler) -> Handler:
            self.chores.append(chore)
            self.kept += kept
            return chore

        return register

    def include(self, other: "Jobs") -> None:
        self.handlers |= other.handlers
        self.chores += other.chores
        self.kept += other.kept


async def enqueue(
    db: AsyncSession, name: str, *, after: timedelta | None = None, urgent: bool = False, **payload: Any
) -> None:
    """Add a job to this transaction; it runs after the commit, not before `after` has passed.

    `urgent` goes before all that waits: somebody sits there for it.
    """
    await enqueue_all(db, name, [payload], after=after, urgent=urgent)


async def enqueue_all(
    db: AsyncSession,
    name: str,
    payloads: list[dict[str, Any]],
    *,
    after: timedelta | None = None,
    urgent: bool = False,
) -> None:
    """One such job for each payload, added as a set."""
    await queue_all(await plain(db), name, payloads, after=after, urgent=urgent)


async def queue_all(
    connection: asyncpg.Connection,
    name: str,
    payloads: list[dict[str, Any]],
    *,
    after: timedelta | None = None,
    urgent: bool = False,
) -> None:
    """The same in a transaction of plain statements."""
    several, said = len(payloads), said_now()
    await Queries.from_asyncpg_connection(connection).enqueue(
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
    return Said(datetime.fromisoformat(headers["happened-at"]), UUID(by) if (by := headers["said-by"]) else None)


class Retrying(Queries):
    """PgQueuer gives a job up for good when its next try cannot be written: the database is away just then."""

    async def retry_job(self, job: QueuedJob, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        """Written as soon as the database is back; who ends before that leaves the job to the next worker."""
        while True:
            try:
                return await super().retry_job(job, delay, traceback_record)
            except Exception as error:
                if not (isinstance(error, OSError) or is_away(error)):
                    raise
            await asyncio.sleep(WRITTEN_AGAIN_AFTER)


class Listening(AsyncpgPoolDriver):
    """PgQueuer would keep its connection for good, and others from it, if that breaks as it begins to listen."""

    async def __aexit__(self, *error: object) -> None:
        listener = self._listener_connection
        try:
            await super().__aexit__(*error)
        finally:
            if listener is not None:
                with suppress(asyncpg.InterfaceError):  # so it says if it was given back
                    listener.terminate()


def queue_for(jobs: Jobs, context: Context, at_once: int = ALONE_AT_ONCE, gathered_for: float = 0.0) -> QueueManager:
    """Runs these jobs with this context; of those that are not done together, so many at once."""
    # PgQueuer would run a clock beside it, which asks the database every second for schedules that we do not have.
    queue = QueueManager(Retrying(Listening(context.database.pool)))
    alone = asyncio.Semaphore(at_once)

    def add(name: str, job: Job) -> None:
        together = Together(job.handler, context, gathered_for) if job.together else None

        async def run_alone(payload: dict[str, Any]) -> None:
            async with alone:
                await job.handler(context, **payload)

        async def run(queued: QueuedJob) -> None:
            payload = json.loads(queued.payload or b"{}")
            with happening(_read(queued.headers)):
                try:
                    await (together(payload) if together else run_alone(payload))
                except Exception as error:
                    log.warning("a job failed", job=name, error=type(error).__name__, attempt=queued.attempts)
                    if not is_nobodys_fault(error):
                        raise
                    raise RetryRequested(AWAY_DELAY * 2 ** min(queued.attempts // 8, MOST_DOUBLINGS)) from error

        queue.entrypoint(
            name,
            on_failure="hold",
            executor_factory=lambda parameters: DatabaseRetryEntrypointExecutor(
                parameters=parameters,
                max_attempts=job.attempts - 1,  # it counts tries after the first
                initial_delay=FIRST_DELAY,
                max_delay=LONGEST_DELAY,
            ),
        )(run)

    for name, job in jobs.handlers.items():
        add(name, job)
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
        try:
            while not running.done() and await pool.fetchval(DUE, names):
                await asyncio.wait([running], timeout=0.01)
        finally:
            # Whoever is interrupted leaves no queue behind that takes the jobs of the next.
            queue.shutdown.set()
            await running
