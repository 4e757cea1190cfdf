from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.facts import record
from services.clusters.clusters.clusters.models import Beginning, Cluster
from services.clusters.clusters.clusters.queries import has_begun
from services.clusters.clusters.clusters.schemas import AimsIn, ClusterIn
from services.clusters.directory.programme.actions import require_part
from services.clusters.facts import AimsChanged, ClusterBegun
from services.roster.facts import ClusterFormed


async def form_cluster(db: AsyncSession, new: ClusterIn, by: UUID | None) -> Cluster:
    """Raises CountryNotTakingPart."""
    await require_part(db, new.country)
    cluster = Cluster(**new.model_dump(), formed_by=by)
    db.add(cluster)
    await db.flush()
    formed = ClusterFormed(name=cluster.name, country=cluster.country, approach=cluster.approach)
    record(db, formed, cluster_id=cluster.id, actor_id=by)
    return cluster


async def begin_cluster(db: AsyncSession, cluster: Cluster, by: UUID | None) -> None:
    """It is active from now on; said again, it changes nothing. Whoever calls has locked it."""
    if not await has_begun(db, cluster.id):
        db.add(Beginning(cluster_id=cluster.id, begun_by=by))
        await db.flush()
        record(db, ClusterBegun(name=cluster.name), cluster_id=cluster.id, actor_id=by)


def say_aims(cluster: Cluster, priorities: str, goals: str) -> None:
    """From now on its plan says what it is for; while that says nothing, what stood there stays.

    Whoever calls has locked it.
    """
    if not (priorities or goals):
        priorities, goals = cluster.priorities, cluster.goals
    if not cluster.has_plan or (cluster.priorities, cluster.goals) != (priorities, goals):
        cluster.has_plan, cluster.priorities, cluster.goals = True, priorities, goals
        cluster.version += 1


def change_aims(db: AsyncSession, cluster: Cluster, aims: AimsIn, by: UUID | None) -> Cluster:
    cluster.priorities, cluster.goals = aims.priorities, aims.goals
    cluster.version += 1
    record(db, AimsChanged(name=cluster.name), cluster_id=cluster.id, actor_id=by)
    return cluster
