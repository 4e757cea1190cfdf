from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from kit.facts import record
from kit.locking import lock
from kit.policy import hold
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.deciding.approaches.queries import plans_handed_in, proposals_with_deeds
from services.clusters.deciding.approaches.schemas import ClusterApproachIn
from services.clusters.deciding.proposals.actions import withdraw
from services.clusters.directory.people.queries import hold_those_here, name_of
from services.clusters.doors.closing.queries import leaders_in
from services.clusters.policy import RULES
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.year.plans.models import PlanState
from services.roster.facts import ClusterApproachChanged


async def change_approach(db: AsyncSession, cluster: Cluster, said: ClusterApproachIn, by: UUID | None) -> Cluster:
    """It is led so from now on, and who leads its schools is told; said again, it changes nothing.

    What was approved and decided stays. A plan that was handed in to nobody any more is a draft; a proposal that would
    do what the ministry decides now is withdrawn. Raises ClusterClosed.
    """
    # Whom it tells before the cluster, as by who leaves for good: else each of the two could wait for the other.
    leaders = await hold_those_here(db, await leaders_in(await plain(db), cluster.id))
    # Locked for itself alone, as by everything that is done by its approach.
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.change_approach", cluster)
    if cluster.approach == said.approach:
        return cluster
    cluster.approach = said.approach
    if said.approach == Approach.bottom_up:
        for plan in await plans_handed_in(db, cluster.id):
            plan.state, plan.version, plan.handed_in_at = PlanState.draft, plan.version + 1, None
    else:
        for proposal in await proposals_with_deeds(db, cluster.id):
            await withdraw(db, proposal, by)
    fact = ClusterApproachChanged(name=cluster.name, country=cluster.country, approach=cluster.approach)
    record(db, fact, cluster_id=cluster.id, actor_id=by)
    await db.flush()
    await _tell(db, cluster, [leader for leader in leaders if leader != by], said.word, by)
    return cluster


async def _tell(db: AsyncSession, cluster: Cluster, leaders: list[UUID], word: str, by: UUID | None) -> None:
    params = {"by": await name_of(db, by), "cluster": cluster.name, "approach": cluster.approach, "word": word}
    told = [
        NoticeIn(
            person_id=leader,
            kind="approach_changed",
            params=params,
            named={"by": by} if by else {},
            path=f"/clusters/{cluster.id}/how-we-decide",
        )
        for leader in leaders
    ]
    await tell_people(await plain(db), told)
