from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Reader
from kit.locking import lock_if_there
from kit.problems import NotFound, Problem
from services.diaries.entries.models import Entry, EntryRemoval, Publication, Reach
from services.diaries.entries.schemas import EntryIn
from services.roster.sight import InCluster, cluster_in_sight, why_in_sight
from services.roster.standing import ClusterInSight, CurrentMember, Member

# What has become of an entry: the columns of EntryState, and whence they come.
STATE = """
coalesce(publication.reach, removal.reach) as reach, removal.at as removed_at, cluster.closed_at as cluster_closed_at
"""
OF_STATE = """
join cluster on cluster.id = entry.cluster_id
left join publication on publication.entry_id = entry.id and publication.retracted_at is null
left join entry_removal removal on removal.entry_id = entry.id
"""
OF_ENTRY = f"from entry {OF_STATE}"
# Who wrote it, in the cluster that a program reaches; everybody; or who may know of its cluster.
READABLE = """
where entry.id = $1 and (
  entry.author_id = $2 and ($6::uuid is null or entry.cluster_id = $6)
  or coalesce(publication.reach, removal.reach) = 'everyone'
  or coalesce(publication.reach, removal.reach) is not null
    and entry.cluster_id in (select cluster_id from clusters_in_sight($3, $4, $5)))
"""
FOUND = f"""
select entry.cluster_id, entry.author_id, entry.school_id, cluster.country, cluster.approach, {STATE}
{OF_ENTRY} {READABLE}
"""


class TakenBack(Problem):
    status, title = 410, "Its author has deleted this entry"


class EntryState(NamedTuple):
    """What opens and closes the verbs of an entry that is there: who reads it (None: its author alone), and whether its
    cluster is open."""

    reach: Reach | None
    cluster_closed_at: datetime | None


@dataclass(frozen=True)
class EntryInSight:
    """What verbs and policy need to know of an entry; a verb that changes it locks its row first."""

    id: UUID
    cluster_id: UUID
    author_id: UUID
    school_id: UUID | None


@dataclass(frozen=True)
class VisibleEntry(InCluster):
    """An entry in sight."""

    entry: EntryInSight
    state: EntryState

    @property
    def reach(self) -> Reach | None:
        return self.state.reach


async def visible_entry(entry_id: UUID, pool: Reader, actor: CurrentMember) -> VisibleEntry:
    """A draft, for its author; else what is published to the cluster, or to everyone. Raises as `in_sight`."""
    return VisibleEntry(*in_sight(entry_id, await pool.fetchrow(FOUND, *asked_by(entry_id, actor))))


def asked_by(entry_id: UUID, actor: Member) -> tuple[Any, ...]:
    """The parameters of READABLE."""
    return entry_id, actor.id, *actor.sight, actor.bound_to


def why_readable(actor: Member, found: VisibleEntry) -> str | None:
    """Why somebody reads an entry, in words; None when they do not. Says the same as READABLE."""
    if actor.id == found.entry.author_id and actor.may_be_in(found.cluster.id):
        return "its author"
    if found.reach is Reach.everyone:
        return "published to everyone"
    return why_in_sight(actor, found.cluster) if found.reach else None


def in_sight(entry_id: UUID, row: asyncpg.Record | None) -> tuple[ClusterInSight, EntryInSight, EntryState]:
    """What was found of an entry, its cluster, and its state. Raises as `entry_state`."""
    state = entry_state(row)
    assert row is not None
    return (
        ClusterInSight(row["cluster_id"], row["country"], row["approach"], row["cluster_closed_at"]),
        EntryInSight(entry_id, row["cluster_id"], row["author_id"], row["school_id"]),
        state,
    )


def entry_state(row: asyncpg.Record | None) -> EntryState:
    """What the columns of STATE say. Raises NotFound, or TakenBack: its author has deleted it."""
    if row is None:
        raise NotFound
    if row["removed_at"]:
        raise TakenBack
    return EntryState(Reach(row["reach"]) if row["reach"] else None, row["cluster_closed_at"])


async def cluster_of_new(new: EntryIn, pool: Reader, actor: CurrentMember) -> InCluster:
    """The cluster that a new entry is for. Raises NotFound."""
    return await cluster_in_sight(pool, actor, new.cluster_id)


async def lock_entry(db: AsyncSession, entry_id: UUID) -> Entry:
    """The entry, for this transaction alone. Raises NotFound, TakenBack: it may be deleted since it was found."""
    entry = await lock_if_there(db, Entry, entry_id)
    if entry is None:
        raise NotFound
    if await db.get(EntryRemoval, entry_id):
        raise TakenBack
    return entry


async def live_publication(db: AsyncSession, entry_id: UUID) -> Publication | None:
    live = select(Publication).where(Publication.entry_id == entry_id, col(Publication.retracted_at).is_(None))
    return (await db.exec(live)).one_or_none()
