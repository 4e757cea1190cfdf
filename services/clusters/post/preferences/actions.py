from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import columns, plain
from kit.jobs import queue_all
from kit.problems import Problem
from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.preferences.models import Hearing, Preference, Way
from services.clusters.post.preferences.queries import (
    DUE,
    WAITING,
    digest_terms,
    due_digest,
    hearing_of,
    person_with_key,
    preferences_of,
)
from services.clusters.post.preferences.schemas import PreferencesIn, PreferencesOut, UnsubscribeIn, WayOut
from services.clusters.post.preferences.times import next_digest

DIGEST = "digest"


class KeyUnknown(Problem):
    status, title = 404, "This link stands in no mail of ours"


async def preferences_shown(db: AsyncSession, person_id: UUID) -> PreferencesOut:
    chosen = {one.kind: one.way for one in await preferences_of(db, person_id)}
    kinds = [
        WayOut(
            kind=name,
            family=kind.family,
            way=chosen.get(name, Way.at_once),
            ways=[Way(way) for way in kind.ways],
            for_leaders=kind.for_leaders,
        )
        for name, kind in KINDS.items()
        if kind.ways
    ]
    hearing = await hearing_of(db, person_id)
    return PreferencesOut(kinds=kinds, **hearing.model_dump(include={"every", "weekday", "hour", "without_content"}))


async def change_preferences(db: AsyncSession, person_id: UUID, new: PreferencesIn) -> None:
    """A digest that waits goes out at its new hour, with what is still wanted in it."""
    for kind, way in sorted(new.ways.items()):
        await _choose(db, person_id, kind, way)
    terms = new.model_dump(include={"every", "weekday", "hour", "without_content"})
    keyed = insert(Hearing).values(Hearing(person_id=person_id, **terms).model_dump())
    await db.exec(keyed.on_conflict_do_update(index_elements=["person_id"], set_=terms))
    await db.flush()
    await move_digest(db, person_id)


async def move_digest(db: AsyncSession, person_id: UUID) -> None:
    """One that waits goes out at its hour as that is now: of terms that were chosen anew, or by other clocks."""
    if due := await due_digest(db, person_id):
        connection = await plain(db)
        due.due_at = await _next_of(connection, person_id)
        await _wake(connection, due.due_at, [person_id])


async def stop_mails(db: AsyncSession, said: UnsubscribeIn) -> None:
    """No mail of this kind any more, or no digest; said again, it changes nothing. Raises KeyUnknown."""
    person_id = await person_with_key(db, said.key)
    if person_id is None or not (said.kind == DIGEST or (said.kind in KINDS and KINDS[said.kind].ways)):
        raise KeyUnknown
    if said.kind != DIGEST:
        return await _choose(db, person_id, said.kind, Way.app)
    for one in await preferences_of(db, person_id):
        if one.way is Way.digest:
            one.way = Way.app
    return None


async def _choose(db: AsyncSession, person_id: UUID, kind: str, way: Way) -> None:
    if way is Way.at_once:
        await db.exec(delete(Preference).where(col(Preference.person_id) == person_id, col(Preference.kind) == kind))
        return
    chosen = insert(Preference).values(person_id=person_id, kind=kind, way=way)
    await db.exec(chosen.on_conflict_do_update(index_elements=["person_id", "kind"], set_={"way": way}))


async def keep_for_digest(connection: asyncpg.Connection, notices: Sequence[tuple[UUID, UUID]]) -> None:
    """These notices (with their persons) wait for the digests; where none waits yet, one is due from now on."""
    if not notices:
        return
    await connection.execute(WAITING, *columns(notices))
    terms = await digest_terms(connection, {person for _, person in notices})
    at = real_now()
    due = [(person, next_digest(at, t.zone, t.every, t.weekday, t.hour)) for person, t in terms.items()]
    begun: dict[datetime, list[UUID]] = defaultdict(list)
    for row in await connection.fetch(DUE, *columns(due)):
        if not row["is_new"]:
            continue
        begun[row["due_at"]].append(row["person_id"])
    for due_at, people in begun.items():
        await _wake(connection, due_at, people)


async def _next_of(connection: asyncpg.Connection, person_id: UUID) -> datetime:
    t = (await digest_terms(connection, [person_id]))[person_id]
    return next_digest(real_now(), t.zone, t.every, t.weekday, t.hour)


async def _wake(connection: asyncpg.Connection, due_at: datetime, people: Sequence[UUID]) -> None:
    wait = max(due_at - real_now(), timedelta())
    await queue_all(connection, "digest.send", [{"person_id": person} for person in people], after=wait)
