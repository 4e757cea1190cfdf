"""A cluster as an actor: what it may decide by itself, and as whom it does what it decided."""

from collections.abc import Mapping

from kit.policy import may
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.deciding.decision_rules.models import Matter
from services.clusters.policy import RULES
from services.roster.standing import Member

VERBS: Mapping[Matter, str] = {
    Matter.school: "cluster.ask_school",
    Matter.plan: "plan.write",
    Matter.decision_rule: "cluster.change_decision_rule",
}
"""What the group has to be let do, so that it can be proposed; the others need nobody's leave."""


def proposable(cluster: Cluster) -> list[Matter]:
    """What a cluster may decide by itself."""
    group = group_of(cluster)
    return [matter for matter in Matter if matter not in VERBS or may(RULES, group, VERBS[matter], cluster)]


def group_of(cluster: Cluster, language: str = "en") -> Member:
    """Everybody of a cluster together, as whom it does what it decided: its id is the cluster's."""
    return Member(id=cluster.id, language=language, zone=cluster.zone)
