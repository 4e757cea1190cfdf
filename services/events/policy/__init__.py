"""Who may do what in events, and while what. A row is an action; any of its rules lets an actor in."""

from kit.policy import Rules
from services.events.policy.rules import (
    OfEvent,
    Registrable,
    coordinator_of_organising_school,
    coordinator_of_their_school,
    oneself,
    organiser,
)
from services.events.policy.states import Course, it_has_begun, it_is_not_cancelled, it_is_not_over
from services.roster.rules import (
    IN_EVERY_SERVICE,
    SCHEDULES_EVENTS,
    OfCluster,
    Row,
    client_of_a_cluster,
    client_of_the_cluster,
    coordinator,
    member,
    mentor_coordinator,
    national_coordinator,
    person_signed_in,
    person_themselves,
    programme_coordinator,
)
from services.roster.states import its_cluster_is_open

RULES: Rules = {
    "record.see": Row[object, object](person_themselves),
    "events.list": Row[object, object](person_signed_in, client_of_a_cluster),
    "event.see": Row[OfCluster, object](member, national_coordinator, programme_coordinator, client_of_the_cluster),
    "event.schedule": SCHEDULES_EVENTS,
    "event.change": Row[OfEvent, Course](
        organiser,
        coordinator_of_organising_school,
        mentor_coordinator,
        national_coordinator,
        programme_coordinator,
        while_=[its_cluster_is_open, it_is_not_cancelled, it_is_not_over],
    ),
    "event.register": Row[Registrable, Course](
        oneself,
        coordinator_of_their_school,
        mentor_coordinator,
        while_=[its_cluster_is_open, it_is_not_cancelled, it_is_not_over],
    ),
    "event.mark_attendance": Row[OfEvent, Course](
        organiser,
        coordinator,
        national_coordinator,
        programme_coordinator,
        while_=[its_cluster_is_open, it_is_not_cancelled, it_has_begun],
    ),
    **IN_EVERY_SERVICE,
}
