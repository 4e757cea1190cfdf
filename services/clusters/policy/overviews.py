from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    coordinator_of_the_cluster_in_person,
    holder_of_an_office,
    national_coordinator,
    neighbour_service,
)
from services.clusters.policy.things import ACluster, InCountry
from services.roster.rules import Row, programme_coordinator

OVERVIEWS: Rules = {
    "activity.tell": Row[object, object](neighbour_service),
    "overviews.see": Row[object, object](holder_of_an_office),
    "cluster_overview.see": Row[object, object](anyone_signed_in),
    "cluster_overview.rest_nudges": Row[ACluster, object](coordinator_of_the_cluster_in_person, national_coordinator),
    "support.see": Row[InCountry, object](national_coordinator, programme_coordinator),
    "support.choose": Row[InCountry, object](national_coordinator),
}
