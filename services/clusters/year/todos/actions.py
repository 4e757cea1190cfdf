from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import Database, plain
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock, lock_live, lock_number
from kit.policy import hold
from kit.problems import NotFound, Problem, field_invalid
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.memberships.queries import told_by_offices
from services.clusters.directory.people.queries import name_of
from services.clusters.policy import RULES
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.year.todos.models import Todo, TodoTick
from services.clusters.year.todos.queries import (
    CHOSEN,
    REMINDED,
    TICKED,
    UNCHOSEN,
    TodoOfCluster,
    are_of,
    chosen_for,
    is_for,
    is_there,
    unticked,
)
from services.clusters.year.todos.schemas import TodoIn
from services.clusters.year_facts import TodoChanged, TodoFact, TodoReminded, TodoRemoved, TodoSet, TodoTicked
from services.roster.standing import BOTTOM_UP, Member

TODOS_LOCK = 7_301
AT_MOST_AHEAD, REMINDED_AGAIN = timedelta(days=550), timedelta(days=7)


class TodoTwice(Problem):
    status, title = 409, "This stands there already, for the same day"


async def set_todo(db: AsyncSession, country: str, new: TodoIn, actor: Member) -> Todo:
    """Raises TodoTwice, Invalid."""
    await _check(db, country, new, None, actor)
    said = new.model_dump(include={"title", "text", "due"}) | {"language": new.language or actor.language}
    todo = Todo(**said, country=country, for_all=new.cluster_ids is None, added_by=actor.id, changed_by=actor.id)
    db.add(todo)
    await db.flush()
    await _choose(db, todo, new.cluster_ids)
    _record(db, todo, TodoSet, actor.id)
    await _tell(db, todo, "todo_set", await _undone(db, todo), actor.id)
    return todo


async def open_todo(db: AsyncSession, todo: Todo) -> Todo:
    """The to-do as it is now, locked. Raises NotFound when it was removed meanwhile."""
    return await lock_live(db, Todo, todo.id)


async def change_todo(db: AsyncSession, todo: Todo, said: TodoIn, actor: Member) -> None:
    """It changes everywhere, and what is ticked stays so. Whoever calls has opened it. Raises TodoTwice, Invalid."""
    await _check(db, todo.country, said, todo, actor)
    before, was = await _undone(db, todo), (todo.title, todo.text, todo.due)
    todo.title, todo.text, todo.due, todo.for_all = said.title, said.text, said.due, said.cluster_ids is None
    todo.language = said.language or actor.language
    todo.version += 1
    todo.changed_at, todo.changed_by = now(), actor.id
    await db.flush()
    await (await plain(db)).execute(UNCHOSEN, todo.id, said.cluster_ids or [])
    await _choose(db, todo, said.cluster_ids)
    _record(db, todo, TodoChanged, actor.id)
    undone = await _undone(db, todo)
    known = set(before)
    if was != (todo.title, todo.text, todo.due):
        await _tell(db, todo, "todo_changed", [each for each in undone if each in known], actor.id)
    await _tell(db, todo, "todo_set", [each for each in undone if each not in known], actor.id)


async def remove_todo(db: AsyncSession, todo: Todo, by: UUID | None) -> None:
    """Nobody is to do it any more; what was ticked is shown no longer. Raises NotFound."""
    todo = await open_todo(db, todo)
    todo.removed_at, todo.removed_by = now(), by
    _record(db, todo, TodoRemoved, by)


async def tick(db: AsyncSession, found: TodoOfCluster, by: UUID | None, *, done: bool) -> None:
    """The cluster has done it, or has not after all; said again, it changes nothing. Raises ClusterClosed, NotFound."""
    cluster = await lock(db, Cluster, found.cluster.id, key_share=True)
    todo = await lock_live(db, Todo, found.todo.id)
    if not await is_for(db, todo, cluster):
        raise NotFound
    found = TodoOfCluster(cluster, todo)
    hold(RULES, "cluster_todo.tick", found)
    connection = await plain(db)
    if done:
        changed = await connection.fetchval(TICKED, todo.id, cluster.id, now(), by) is not None
    else:
        ticked = await db.get(TodoTick, (todo.id, cluster.id), with_for_update=True)
        changed = ticked is not None
        if ticked:
            await db.delete(ticked)
    if changed:
        fact = TodoTicked(todo_id=todo.id, country=todo.country, name=todo.title, done=done)
        record(db, fact, cluster_id=cluster.id, actor_id=by)


async def remind(db: AsyncSession, todo: Todo, by: UUID | None) -> int:
    """Those who are late, and were not reminded within a week; how many clusters that are. Raises NotFound."""
    todo, connection = await open_todo(db, todo), await plain(db)
    found = await unticked(connection, todo.id, now(), now() - REMINDED_AGAIN)
    late = [row["cluster_id"] for row in found if row["remindable"]]
    if late:
        await connection.execute(REMINDED, todo.id, late, now(), by)
        _record(db, todo, TodoReminded, by)
        await _tell(db, todo, "todo_reminded", late, by)
    return len(late)


async def tell_clusters(
    database: Database, todo_id: UUID, kind: str, clusters: Sequence[UUID], by: UUID | None, at: datetime
) -> None:
    """Whoever is told what an office asks of those of these clusters that have not done it; each once."""
    async with database.transaction() as db:
        todo = await db.get(Todo, todo_id)
        if todo is None or todo.has_ended:
            return
        connection = await plain(db)
        undone = {row["cluster_id"]: row for row in await unticked(connection, todo.id, real_now(), real_now())}
        name = await name_of(db, by)
        told = [
            _notice(todo, kind, undone[cluster_id], person_id, by, name, at)
            for cluster_id, person_id in await told_by_offices(connection, undone.keys() & {*clusters})
            if person_id != by
        ]
        await tell_people(connection, told)


def _notice(
    todo: Todo, kind: str, cluster: asyncpg.Record, person_id: UUID, by: UUID | None, name: str, at: datetime
) -> NoticeIn:
    params = {
        "title": todo.title,
        "language": todo.language,
        "cluster": cluster["cluster"],
        "by": name,
        "due": todo.due.isoformat(),
        "is_suggestion": cluster["approach"] == BOTTOM_UP,
    }
    return NoticeIn(
        person_id=person_id,
        kind=kind,
        params=params,
        letter={"text": todo.text, "text_language": todo.language},
        named={"by": by} if by else {},
        path=f"/clusters/{cluster['cluster_id']}/todos",
        once=f"{kind} {todo.id} {cluster['cluster_id']} {person_id} {at.isoformat()}",
    )


async def _check(db: AsyncSession, country: str, said: TodoIn, todo: Todo | None, actor: Member) -> None:
    # Locked, so that of two who send the same at once the second finds the first.
    await lock_number(db, TODOS_LOCK)
    today = now().astimezone(ZoneInfo(actor.zone)).date()
    if todo is None or said.due != todo.due:
        if said.due < today:
            raise field_invalid("due", "due_past")
        if said.due - today > AT_MOST_AHEAD:
            raise field_invalid("due", "due_far_away")
    known = await chosen_for(db, todo.id) if todo else []
    if said.cluster_ids and not await are_of(await plain(db), said.cluster_ids, country, known):
        raise field_invalid("cluster_ids", "cluster_elsewhere")
    if await is_there(db, country, said.title, said.due, todo.id if todo else None):
        raise TodoTwice


async def _choose(db: AsyncSession, todo: Todo, cluster_ids: Sequence[UUID] | None) -> None:
    if cluster_ids:
        await (await plain(db)).execute(CHOSEN, todo.id, list(cluster_ids))


async def _undone(db: AsyncSession, todo: Todo) -> list[UUID]:
    """The clusters that it is for, and that have not ticked it."""
    await db.flush()
    found: list[asyncpg.Record] = await unticked(await plain(db), todo.id, now(), now())
    return [row["cluster_id"] for row in found]


def _record(db: AsyncSession, todo: Todo, kind: type[TodoFact], by: UUID | None) -> None:
    record(db, kind(todo_id=todo.id, country=todo.country, name=todo.title), cluster_id=None, actor_id=by)


async def _tell(db: AsyncSession, todo: Todo, kind: str, clusters: Sequence[UUID], by: UUID | None) -> None:
    """After the commit: these may be all clusters of a country."""
    if clusters:
        await enqueue(db, "todo.tell", todo_id=todo.id, kind=kind, clusters=list(clusters), by=by, at=now().isoformat())
