"""A POST sent twice with one `Idempotency-Key` is done once; the second gets the first one's answer."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database, KitBase, Timestamp, transaction_of
from kit.ids import new_id
from kit.problems import BadRequest, Problem

HEADER = "idempotency-key"
LONGEST = 200
KEPT_FOR = timedelta(days=7)
DONE_WITHIN = timedelta(minutes=3)

E = TypeVar("E", bound=Callable[..., Any])


class IdempotencyKeyReused(Problem):
    status, title = 422, "This idempotency key was used for another request"


class SecretTold(Problem):
    status, title = 409, "This was done already, and its secret is told once: ask for a new one"


def tells_secret(endpoint: E) -> E:
    """Marks a route whose answer nobody may keep: sent again with its key, it answers SecretTold."""
    endpoint.tells_secret = True  # type: ignore[attr-defined]
    return endpoint


class UnderWay(Problem):
    status, title = 409, "This very request is under way: ask again in a moment"
    headers: ClassVar[dict[str, str]] = {"Retry-After": "2"}


def waits(endpoint: E) -> E:
    """Marks a route that waits for something else than the database: its key is claimed before, in a moment of its own.

    Otherwise the claim's connection would be held for as long as the other takes its time.
    """
    endpoint.waits = True  # type: ignore[attr-defined]
    return endpoint


class KeptAnswer(KitBase, table=True):
    """The answer to one POST, kept for whoever sends it again; without its body when that tells a secret."""

    __table_args__ = (sa.UniqueConstraint("actor", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    actor: str
    key: str
    fingerprint: str
    status: int | None = None
    body: bytes | None = None
    kept_at: datetime = Field(default_factory=real_now, sa_type=Timestamp, index=True)


async def claim(request: Request, endpoint: Callable[..., Any]) -> tuple[UUID | None, Response | None]:
    """Take the key of this request: (the kept row to fill, None), or (None, the earlier answer).

    Raises IdempotencyKeyReused, SecretTold, UnderWay.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or request.state.actor.is_guest:
        # Guests are nobody in particular: one must not get another's answer.
        return None, None
    if not 0 < len(key) <= LONGEST:
        raise BadRequest("An idempotency key has 1 to 200 characters")
    body = await request.body()
    # Clients draw a new boundary between the parts of a form each time that they send it.
    _, _, boundary = request.headers.get("content-type", "").partition("boundary=")
    body = body.replace(boundary.partition(";")[0].strip('"').encode(), b"") if boundary else body
    fingerprint = hashlib.blake2b(request.url.path.encode() + b"\0" + body, digest_size=16).hexdigest()
    actor = request.state.actor.key
    claimed = KeptAnswer(actor=actor, key=key, fingerprint=fingerprint)
    if not hasattr(endpoint, "waits"):
        return await _take(await transaction_of(request), claimed)
    database: Database = request.app.state.database
    # Before it is claimed: who is cut off while the claim is committed gives it back as well.
    request.state.unit.push_async_exit(partial(_give_back, database, claimed.id))
    async with database.transaction() as db:
        return await _take(db, claimed)


async def _take(db: AsyncSession, claimed: KeptAnswer) -> tuple[UUID | None, Response | None]:
    # A second request with this key waits here on the unique index until the first has committed or rolled back.
    taken = await db.exec(
        insert(KeptAnswer)
        .values(claimed.model_dump(exclude={"status", "body"}))
        .on_conflict_do_nothing(index_elements=["actor", "key"])
        .returning(col(KeptAnswer.id))
    )
    if taken.scalar_one_or_none():
        return claimed.id, None
    kept = select(KeptAnswer).where(KeptAnswer.actor == claimed.actor, KeptAnswer.key == claimed.key)
    earlier = (await db.exec(kept.with_for_update())).one()
    if earlier.fingerprint != claimed.fingerprint:
        raise IdempotencyKeyReused
    if earlier.status is None:
        # Who claimed it works on it, or died: then nothing of it was committed, and it is done anew.
        if earlier.kept_at > real_now() - DONE_WITHIN:
            raise UnderWay
        earlier.id, earlier.kept_at = claimed.id, claimed.kept_at
        return claimed.id, None
    if earlier.body is None:
        raise SecretTold
    headers = {"Idempotency-Replayed": "true"}
    return None, Response(earlier.body, earlier.status, media_type="application/json", headers=headers)


async def forget_old_answers(pool: asyncpg.Pool) -> int:
    """Answers are kept for a week; how many were older."""
    return int((await pool.execute("delete from kept_answer where kept_at < $1", real_now() - KEPT_FOR)).split()[-1])


async def forget_answers_to(connection: asyncpg.Connection, person_id: UUID) -> None:
    """Keep no answer for this person, through whichever client they asked."""
    await connection.execute("delete from kept_answer where split_part(actor, '/', 2) = $1", str(person_id))


async def _give_back(database: Database, row: UUID, failed: type[BaseException] | None, *_: object) -> None:
    """What was claimed in a moment of its own was not done: it may be sent again."""
    if failed is not None:
        async with database.transaction() as db:
            # What has its answer was committed, though the connection was lost before it said so.
            unanswered = (col(KeptAnswer.id) == row, col(KeptAnswer.status).is_(None))
            await db.exec(delete(KeptAnswer).where(*unanswered))


async def keep(db: AsyncSession, row: UUID, answer: Response, endpoint: Callable[..., Any]) -> None:
    kept = await db.get(KeptAnswer, row)
    if kept is None:
        # Another took over what lasted so long, and does it.
        raise UnderWay
    secret = hasattr(endpoint, "tells_secret") and answer.status_code < 400
    kept.status, kept.body = answer.status_code, None if secret else bytes(answer.body)
