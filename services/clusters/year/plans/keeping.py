"""Plans as they are written: locked, in a cluster that stays open, and told of."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.dates import school_year_of
from kit.facts import record
from kit.locking import lock
from kit.policy import hold
from services.clusters.clusters.clusters.actions import say_aims
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.policy import RULES
from services.clusters.year.plans.models import PartKind, Plan, PlanState
from services.clusters.year.plans.queries import VisiblePlan, live_parts, newest_plan, plan_of
from services.clusters.year_facts import PlanChanged, PlanFact

LONGEST = 5_000
AIMS = (PartKind.priority, PartKind.goal)


async def opened(db: AsyncSession, found: VisiblePlan, action: str = "plan.write") -> Plan:
    """The plan as it is now, locked, in a cluster that stays open meanwhile. Raises ClusterClosed."""
    cluster = await lock(db, Cluster, found.cluster.id, key_share=True)
    plan = await lock(db, Plan, found.plan.id)
    hold(RULES, action, VisiblePlan(cluster, plan))
    return plan


async def touch(db: AsyncSession, plan: Plan, cluster: Cluster, by: UUID | None) -> None:
    """Something was written: what was approved stays so, and what changed since is a draft."""
    plan.version += 1
    plan.changed_at, plan.changed_by = now(), by
    if plan.state == PlanState.approved:
        plan.state = PlanState.draft
    tell(db, plan, cluster, PlanChanged, by)
    await db.flush()
    await say_aims_of(db, cluster, plan)


def tell(db: AsyncSession, plan: Plan, cluster: Cluster, kind: type[PlanFact], by: UUID | None) -> None:
    fact = kind(plan_id=plan.id, year=plan.year, name=cluster.name)
    record(db, fact, cluster_id=plan.cluster_id, actor_id=by)


async def say_aims_of(db: AsyncSession, cluster: Cluster, plan: Plan) -> None:
    """What the plan of this school year wants (the newest, if there is none) is what the cluster is for.

    Whoever calls has locked both.
    """
    speaking = await plan_of(db, cluster.id, school_year_of(now())) or await newest_plan(db, cluster.id)
    if speaking and speaking.id == plan.id:
        said = await live_parts(db, plan.id)
        priorities, goals = ("\n\n".join(part.title for part in said if part.kind == kind) for kind in AIMS)
        say_aims(cluster, priorities[:LONGEST], goals[:LONGEST])
