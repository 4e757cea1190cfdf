from typing import Protocol

from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    coordinator_of_the_cluster,
    group_of_a_bottom_up_cluster,
    house_setting_up,
    leader_of_the_school_in_a_bottom_up_cluster,
    leader_of_the_school_in_person,
    mentor_coordinator_in_a_bottom_up_cluster,
    mentor_coordinator_in_person,
    national_coordinator,
    national_coordinator_in_a_top_down_cluster,
)
from services.clusters.policy.states import Planned, it_has_no_plan
from services.clusters.policy.things import ACluster, InCountry, OfCluster, OfMembership, OfSchool
from services.roster.rules import Row, programme_coordinator
from services.roster.states import OfClosable, its_cluster_is_closed, its_cluster_is_open


class PlannedCluster(Planned, OfClosable, Protocol):
    """A cluster that may be closed, and may have a plan."""


CLUSTERS: Rules = {
    "clusters.list": Row[object, object](anyone_signed_in),
    "cluster.see": Row[object, object](anyone_signed_in),
    "cluster.form": Row[InCountry, object](national_coordinator, programme_coordinator, house_setting_up),
    "cluster.change_aims": Row[ACluster, PlannedCluster](
        coordinator_of_the_cluster,
        national_coordinator,
        programme_coordinator,
        house_setting_up,
        while_=[its_cluster_is_open, it_has_no_plan],
    ),
    "cluster.ask_school": Row[ACluster, OfClosable](
        mentor_coordinator_in_a_bottom_up_cluster,
        group_of_a_bottom_up_cluster,
        national_coordinator_in_a_top_down_cluster,
        programme_coordinator,
        house_setting_up,
        while_=[its_cluster_is_open],
    ),
    "cluster.begin": Row[ACluster, OfClosable](
        mentor_coordinator_in_a_bottom_up_cluster,
        national_coordinator_in_a_top_down_cluster,
        programme_coordinator,
        house_setting_up,
        while_=[its_cluster_is_open],
    ),
    "cluster.admit": Row[OfCluster, OfClosable](house_setting_up, while_=[its_cluster_is_open]),
    "cluster.close": Row[InCountry, OfClosable](
        national_coordinator, programme_coordinator, house_setting_up, while_=[its_cluster_is_open]
    ),
    "cluster.reopen": Row[InCountry, OfClosable](
        national_coordinator, programme_coordinator, house_setting_up, while_=[its_cluster_is_closed]
    ),
    "cluster.change_approach": Row[InCountry, OfClosable](
        national_coordinator, programme_coordinator, while_=[its_cluster_is_open]
    ),
    "cluster.manage_clients": Row[ACluster, object](mentor_coordinator_in_person),
    "cluster.add_tool": Row[ACluster, OfClosable](mentor_coordinator_in_person, while_=[its_cluster_is_open]),
    "tool.see": Row[object, object](anyone_signed_in),
    "tool.change": Row[ACluster, OfClosable](mentor_coordinator_in_person, while_=[its_cluster_is_open]),
    "lockout.say": Row[OfSchool, OfClosable](leader_of_the_school_in_person, while_=[its_cluster_is_open]),
    "membership.end": Row[OfMembership, OfClosable](
        leader_of_the_school_in_a_bottom_up_cluster,
        national_coordinator_in_a_top_down_cluster,
        programme_coordinator,
        house_setting_up,
        while_=[its_cluster_is_open],
    ),
}
