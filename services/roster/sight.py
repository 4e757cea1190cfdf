"""What an actor may know of: `clusters_in_sight` (services/roster/ddl.py), asked for one cluster and for lists."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from kit.problems import NotFound
from services.roster.standing import ClusterInSight, Member, Sight

HELD = "select id, country, approach, closed_at from cluster where id = $1 for share"
ONE = """
select id, country, approach, closed_at from cluster
where id = $4 and id in (select cluster_id from clusters_in_sight($1, $2, $3))
"""


@dataclass(frozen=True)
class InCluster:
    """A thing of a cluster in sight, which the policy asks about."""

    cluster: ClusterInSight

    @property
    def cluster_closed_at(self) -> datetime | None:
        return self.cluster.closed_at


async def cluster_in_sight(pool: asyncpg.Pool, actor: Member, cluster_id: UUID) -> InCluster:
    """Raises NotFound."""
    return _of_cluster(await pool.fetchrow(ONE, *actor.sight, cluster_id))


async def held_cluster(connection: asyncpg.Connection, cluster_id: UUID) -> InCluster:
    """The cluster as it is until the commit: nothing that is heard of it changes it meanwhile. Raises NotFound."""
    return _of_cluster(await connection.fetchrow(HELD, cluster_id))


def _of_cluster(row: asyncpg.Record | None) -> InCluster:
    if row is None:
        raise NotFound
    return InCluster(ClusterInSight(row["id"], row["country"], row["approach"], row["closed_at"]))


def why_in_sight(actor: Member, cluster: ClusterInSight) -> str | None:
    """Why somebody may know of a cluster, in words; None when they may not. Says the same as `clusters_in_sight`."""
    if cluster.id in actor.sight.own:
        return "the cluster that let the program in" if actor.id is None else "works at a school of the cluster"
    if cluster.country in actor.sight.countries:
        return f"national coordinator of {cluster.country}"
    return "programme coordinator" if actor.sight.everything else None


async def sight_for_list(pool: asyncpg.Pool, actor: Member, cluster_id: UUID | None) -> Sight:
    """All that is in sight, or this cluster of it alone. Raises NotFound."""
    if cluster_id is None:
        return actor.sight
    if cluster_id not in actor.sight.own:
        await cluster_in_sight(pool, actor, cluster_id)
    return Sight([cluster_id])
