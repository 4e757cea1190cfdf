from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock
from kit.policy import hold
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.directory.people.queries import name_of
from services.clusters.doors.closing.queries import end_promises, leaders_in
from services.clusters.doors.joining.actions import withdraw_all
from services.clusters.policy import RULES
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.roster.facts import ClusterClosed, ClusterFact, ClusterReopened


async def close_cluster(db: AsyncSession, cluster: Cluster, word: str, by: UUID | None) -> Cluster:
    """From now on it can be read, and nobody adds to it; schools that were asked are asked no more.

    Whoever leads one of its schools is told. Raises ClusterClosed.
    """
    # Locked, as by everything that lets a school in.
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.close", cluster)
    await withdraw_all(db, cluster, by)
    await end_promises(await plain(db), cluster.id)
    cluster.closed_at, cluster.closed_by, cluster.closing_word = now(), by, word
    await _tell(db, cluster, ClusterClosed, by)
    return cluster


async def reopen_cluster(db: AsyncSession, cluster: Cluster, by: UUID | None) -> Cluster:
    """It goes on with the schools that it has; said again, it changes nothing."""
    cluster = await lock(db, Cluster, cluster.id)
    if cluster.closed_at:
        cluster.closed_at, cluster.closed_by, cluster.closing_word = None, None, ""
        await _tell(db, cluster, ClusterReopened, by)
        await enqueue(db, "proposal.turn_all")  # what ended meanwhile is asked once more
    return cluster


async def _tell(db: AsyncSession, cluster: Cluster, kind: type[ClusterFact], by: UUID | None) -> None:
    fact = kind(name=cluster.name, country=cluster.country, approach=cluster.approach)
    record(db, fact, cluster_id=cluster.id, actor_id=by)
    await db.flush()
    word = {"word": cluster.closing_word} if cluster.closed_at else {}
    params = {"by": await name_of(db, by), "cluster": cluster.name} | word
    connection, path = await plain(db), f"/clusters/{cluster.id}"
    leaders = [leader for leader in await leaders_in(connection, cluster.id) if leader != by]
    said = kind.told_as.replace(".", "_")
    await tell_people(connection, [NoticeIn(person_id=one, kind=said, params=params, path=path) for one in leaders])
