from typing import Protocol

from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    group_of_a_bottom_up_cluster,
    member_in_person,
    mentor_coordinator_in_a_top_down_cluster,
    mentor_coordinator_in_person,
    who_proposed_it,
)
from services.clusters.policy.states import AskedOfGroup, it_is_asked_now, it_is_undecided
from services.clusters.policy.things import ACluster, OfProposal
from services.roster.rules import Row
from services.roster.states import OfClosable, its_cluster_is_open


class AskedOfCluster(AskedOfGroup, OfClosable, Protocol):
    """A proposal, in a cluster that may be closed."""


DECIDING: Rules = {
    "decision_rule.see": Row[object, object](anyone_signed_in),
    "cluster.change_decision_rule": Row[ACluster, OfClosable](
        mentor_coordinator_in_a_top_down_cluster, group_of_a_bottom_up_cluster, while_=[its_cluster_is_open]
    ),
    "cluster.propose": Row[ACluster, OfClosable](member_in_person, while_=[its_cluster_is_open]),
    "proposals.list": Row[object, object](anyone_signed_in),
    "proposals.list_waiting": Row[object, object](anyone_signed_in),
    "proposal.see": Row[object, object](anyone_signed_in),
    "proposal.read_voices": Row[ACluster, object](member_in_person),
    "proposal.speak": Row[ACluster, AskedOfCluster](member_in_person, while_=[its_cluster_is_open, it_is_asked_now]),
    "proposal.answer": Row[ACluster, AskedOfCluster](member_in_person, while_=[its_cluster_is_open, it_is_asked_now]),
    "proposal.take_back": Row[OfProposal, AskedOfCluster](
        who_proposed_it, mentor_coordinator_in_person, while_=[its_cluster_is_open, it_is_asked_now, it_is_undecided]
    ),
}
