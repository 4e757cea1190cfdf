from kit.policy import Rules
from services.clusters.policy.rules import (
    ACluster,
    InCountry,
    OfCluster,
    anyone_signed_in,
    coordinator_of_the_cluster,
    house_setting_up,
    mentor_coordinator_in_a_bottom_up_cluster,
    mentor_coordinator_in_person,
    national_coordinator,
    national_coordinator_in_a_top_down_cluster,
)
from services.roster.rules import Row, programme_coordinator

CLUSTERS: Rules = {
    "clusters.list": Row[object, object](anyone_signed_in),
    "cluster.see": Row[object, object](anyone_signed_in),
    "cluster.form": Row[InCountry, object](national_coordinator, programme_coordinator, house_setting_up),
    "cluster.change_aims": Row[ACluster, object](
        coordinator_of_the_cluster, national_coordinator, programme_coordinator, house_setting_up
    ),
    "cluster.ask_school": Row[ACluster, object](
        mentor_coordinator_in_a_bottom_up_cluster,
        national_coordinator_in_a_top_down_cluster,
        programme_coordinator,
        house_setting_up,
    ),
    "cluster.begin": Row[ACluster, object](
        mentor_coordinator_in_a_bottom_up_cluster,
        national_coordinator_in_a_top_down_cluster,
        programme_coordinator,
        house_setting_up,
    ),
    "cluster.admit": Row[OfCluster, object](house_setting_up),
    "cluster.manage_clients": Row[ACluster, object](mentor_coordinator_in_person),
    "membership.end": Row[OfCluster, object](
        national_coordinator_in_a_top_down_cluster, programme_coordinator, house_setting_up
    ),
}
