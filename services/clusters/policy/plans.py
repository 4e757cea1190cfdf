from typing import Protocol

from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    coordinator_of_the_cluster_in_person,
    group_of_a_bottom_up_cluster,
    holder_of_an_office,
    member_of_a_bottom_up_cluster_in_person,
    mentor_coordinator_in_a_top_down_cluster,
    national_coordinator_for_a_plan_of_others,
    programme_coordinator_for_a_plan_of_others,
)
from services.clusters.policy.states import (
    OfPart,
    WrittenPlan,
    it_can_be_ticked,
    it_is_handed_in,
    it_is_not_approved,
    it_is_not_handed_in,
)
from services.clusters.policy.things import ACluster, OfPlan
from services.roster.rules import Row
from services.roster.states import OfClosable, its_cluster_is_open


class PlanOfCluster(WrittenPlan, OfClosable, Protocol):
    """A plan, in a cluster that may be closed."""


class PartOfCluster(OfPart, OfClosable, Protocol):
    """A part of one."""


PLANS: Rules = {
    "plans.list": Row[object, object](anyone_signed_in),
    "plans.list_handed_in": Row[object, object](holder_of_an_office),
    "plan.see": Row[object, object](anyone_signed_in),
    "cluster.begin_plan": Row[ACluster, OfClosable](
        coordinator_of_the_cluster_in_person,
        member_of_a_bottom_up_cluster_in_person,
        while_=[its_cluster_is_open],
    ),
    "plan.write": Row[ACluster, OfClosable](
        coordinator_of_the_cluster_in_person,
        member_of_a_bottom_up_cluster_in_person,
        group_of_a_bottom_up_cluster,
        while_=[its_cluster_is_open],
    ),
    "plan.hand_in": Row[ACluster, PlanOfCluster](
        mentor_coordinator_in_a_top_down_cluster, while_=[its_cluster_is_open, it_is_not_approved, it_is_not_handed_in]
    ),
    "plan.answer": Row[OfPlan, PlanOfCluster](
        national_coordinator_for_a_plan_of_others,
        programme_coordinator_for_a_plan_of_others,
        while_=[its_cluster_is_open, it_is_handed_in],
    ),
    "part.tick": Row[ACluster, PartOfCluster](
        coordinator_of_the_cluster_in_person,
        member_of_a_bottom_up_cluster_in_person,
        while_=[its_cluster_is_open, it_can_be_ticked],
    ),
}
