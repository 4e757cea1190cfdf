"""Jobs that failed for good: a list that a person can see, replay and drop from."""

import json
from datetime import datetime
from typing import Annotated, Any

import asyncpg
from fastapi import Depends, Path
from pgqueuer import Queries
from pgqueuer.types import JobId
from pydantic import BaseModel, Field

from kit.db import Reader
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import Rules, allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router

FAILED = "select id, entrypoint as name, payload, attempts + 1 as attempts, updated as failed_at from pgqueuer"
LISTED = f"{FAILED} where status = 'failed' and id < $1 order by id desc limit $2"
ONE = f"{FAILED} where status = 'failed' and id = $1"

NEWEST = 2**63 - 1

Id = Annotated[int, Path(ge=1, lt=2**63)]


class DeadLetter(BaseModel):
    """A job that failed for good: what it was to do, with ids only, and since when it waits."""

    id: int
    name: str
    payload: dict[str, Any] | None = Field(description="null: what is kept cannot be read")
    attempts: int
    failed_at: datetime


class JobKeys(BaseModel):
    id: int


def read_payload(kept: bytes | None) -> dict[str, Any] | None:
    """What a job was given; None when that is nothing that could be shown as JSON."""
    try:
        payload = json.loads(kept or b"{}")
        json.dumps(payload, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def _letter(row: asyncpg.Record) -> DeadLetter:
    return DeadLetter.model_validate(dict(row) | {"payload": read_payload(row["payload"])})


async def dead_letter(job_id: Id, pool: Reader) -> DeadLetter:
    """Raises NotFound."""
    row = await pool.fetchrow(ONE, job_id)
    if row is None:
        raise NotFound
    return _letter(row)


async def dead_letters(pool: asyncpg.Pool, before: int | None, limit: int) -> list[DeadLetter]:
    return [_letter(row) for row in await pool.fetch(LISTED, before or NEWEST, limit)]


Found = Annotated[DeadLetter, Depends(dead_letter)]


def dead_letter_router(rules: Rules) -> Any:
    """`/v1/dead-letters`, for whoever the table's row `jobs.replay` lets in."""
    routes = router("/v1/dead-letters", "operations")
    guard = allowed(rules, "jobs.replay")
    refused = documented(Forbidden, NotFound)

    @routes.get("", dependencies=[guard], responses=documented(Forbidden))
    async def list_dead_letters(pool: Reader, after: After = None, limit: Limit = 100) -> Page[DeadLetter]:
        """The jobs that failed for good, newest first."""
        keys = keys_of(after, JobKeys)
        letters = await dead_letters(pool, keys.id if keys else None, limit + 1)
        return Page[DeadLetter].model_validate(page_of([letter.model_dump() for letter in letters], limit, "id"))

    @routes.post("/{job_id}/replay", status_code=202, dependencies=[guard], responses=refused)
    async def replay_dead_letter(letter: Found, pool: Reader) -> DeadLetter:
        """Try a failed job again, from its first attempt."""
        await Queries.from_asyncpg_pool(pool).requeue_jobs([JobId(letter.id)])
        return letter

    @routes.delete("/{job_id}", status_code=204, dependencies=[guard], responses=refused)
    async def drop_dead_letter(letter: Found, pool: Reader) -> None:
        """Give it up: nobody tries it again."""
        await Queries.from_asyncpg_pool(pool).mark_job_as_cancelled([JobId(letter.id)])

    return routes
