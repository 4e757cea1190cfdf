from typing import Annotated

from fastapi import Request

from kit.db import Db
from kit.policy import allowed, can, may
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router, versioned
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.deciding.decision_rules import actions
from services.clusters.deciding.decision_rules.group import proposable
from services.clusters.deciding.decision_rules.models import DecisionRule
from services.clusters.deciding.decision_rules.queries import rule_of
from services.clusters.deciding.decision_rules.schemas import DecisionRuleIn, DecisionRuleOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/clusters/{cluster_id}/decision-rule", "proposals")
refused = documented(Forbidden, NotFound)
Changing = Annotated[Cluster, allowed(RULES, "cluster.change_decision_rule", visible_cluster)]


@routes.get("", responses=refused)
async def show_decision_rule(
    cluster: Annotated[Cluster, allowed(RULES, "decision_rule.see", visible_cluster)],
    db: Db,
    actor: CurrentMember,
    request: Request,
) -> DecisionRuleOut:
    """How a cluster decides what is proposed to it, and what I can propose."""
    rule = await rule_of(db, cluster.id)
    versioned(request, rule.version)
    return shown(cluster, rule, actor)


@routes.put("", responses=refused | documented(Changed, PreconditionRequired))
async def change_decision_rule(
    cluster: Changing, said: DecisionRuleIn, db: Db, actor: CurrentMember, if_match: IfMatch = None
) -> DecisionRuleOut:
    """Decide otherwise from now on; what is open keeps its rule. `If-Match` names the version that you read."""
    rule = await actions.open_rule(db, cluster)
    matched(rule.version, if_match)
    await actions.change_rule(db, cluster, rule, said, actor.id)
    return shown(cluster, rule, actor)


def shown(cluster: Cluster, rule: DecisionRule, actor: Member) -> DecisionRuleOut:
    open_to_me = cluster.closed_at is None and may(RULES, actor, "cluster.propose", cluster)
    can_be = [verb for verb in can(RULES, actor, "cluster", cluster) if verb == "change_decision_rule"]
    more = {"proposes": proposable(cluster) if open_to_me else [], "can": can_be}
    said = {name: getattr(rule, name) for name in (*DecisionRuleIn.model_fields, "version")}
    return DecisionRuleOut.model_validate(said | more)
