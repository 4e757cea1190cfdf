from typing import Protocol

from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    coordinator_with_whom_it_is_shared,
    holder_of_an_office,
    member_in_person,
    national_coordinator,
    programme_coordinator_once_it_has_climbed,
    who_asked_for_it,
)
from services.clusters.policy.states import (
    AskedOfCountry,
    it_has_not_climbed,
    it_is_not_settled,
    it_waits_for_an_answer,
)
from services.clusters.policy.things import ACluster, InCountry, OfHelp
from services.roster.rules import Row, programme_coordinator
from services.roster.states import OfClosable, its_cluster_is_open


class AskedInCluster(AskedOfCountry, OfClosable, Protocol):
    """The same, in a cluster that may be closed."""


HELP: Rules = {
    "cluster.ask_help": Row[ACluster, OfClosable](member_in_person, while_=[its_cluster_is_open]),
    "help_requests.list": Row[object, object](anyone_signed_in),
    "help_requests.list_all": Row[object, object](holder_of_an_office),
    "help.see": Row[OfHelp, object](
        who_asked_for_it,
        coordinator_with_whom_it_is_shared,
        national_coordinator,
        programme_coordinator_once_it_has_climbed,
    ),
    "help.answer": Row[OfHelp, OfClosable](
        who_asked_for_it,
        coordinator_with_whom_it_is_shared,
        national_coordinator,
        programme_coordinator_once_it_has_climbed,
        while_=[its_cluster_is_open],
    ),
    "help.settle": Row[OfHelp, AskedInCluster](
        who_asked_for_it,
        national_coordinator,
        programme_coordinator_once_it_has_climbed,
        while_=[its_cluster_is_open, it_is_not_settled],
    ),
    "help.climb": Row[OfHelp, AskedInCluster](
        who_asked_for_it,
        national_coordinator,
        while_=[its_cluster_is_open, it_waits_for_an_answer, it_has_not_climbed],
    ),
    "promise.see": Row[object, object](anyone_signed_in),
    "promise.change": Row[InCountry, object](national_coordinator, programme_coordinator),
}
