from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.locking import lock
from kit.policy import hold
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.deciding.decision_rules.models import DecisionRule
from services.clusters.deciding.decision_rules.queries import rule_of
from services.clusters.deciding.decision_rules.schemas import DecisionRuleIn
from services.clusters.policy import RULES
from services.clusters.year_facts import DecisionRuleChanged


async def open_rule(db: AsyncSession, cluster: Cluster) -> DecisionRule:
    """The rule as it is now, its cluster locked. Raises ClusterClosed."""
    # Locked for itself alone, so that of two who say the first rule at once the second finds it.
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.change_decision_rule", cluster)
    rule = await rule_of(db, cluster.id)
    if rule.version:
        await db.refresh(rule)
    return rule


async def change_rule(
    db: AsyncSession, cluster: Cluster, rule: DecisionRule, said: DecisionRuleIn, by: UUID | None
) -> None:
    """What is proposed from now on is decided so; what is open keeps its rule. Whoever calls has opened it."""
    if rule.version and said == DecisionRuleIn.model_validate(rule, from_attributes=True):
        return
    for name, value in said.model_dump().items():
        setattr(rule, name, value)
    rule.version += 1
    rule.changed_at, rule.changed_by = now(), by
    db.add(rule)
    record(db, DecisionRuleChanged(name=cluster.name), cluster_id=cluster.id, actor_id=by)
    await db.flush()
