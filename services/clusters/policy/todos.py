from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    coordinator_of_the_cluster_in_person,
    member_of_a_bottom_up_cluster_in_person,
    national_coordinator,
    oneself,
)
from services.clusters.policy.things import ACluster, InCountry
from services.roster.rules import Row, programme_coordinator
from services.roster.states import OfClosable, its_cluster_is_open

TODOS: Rules = {
    "calendar_feed.keep": Row[object, object](oneself),
    "todos.list": Row[object, object](anyone_signed_in),
    "todos.list_waiting": Row[object, object](anyone_signed_in),
    "todos.see": Row[InCountry, object](national_coordinator, programme_coordinator),
    "todos.set": Row[InCountry, object](national_coordinator, programme_coordinator),
    "todo.see": Row[InCountry, object](national_coordinator, programme_coordinator),
    "todo.change": Row[InCountry, object](national_coordinator, programme_coordinator),
    "todo.remind": Row[InCountry, object](national_coordinator, programme_coordinator),
    "cluster_todo.tick": Row[ACluster, OfClosable](
        coordinator_of_the_cluster_in_person,
        member_of_a_bottom_up_cluster_in_person,
        while_=[its_cluster_is_open],
    ),
}
