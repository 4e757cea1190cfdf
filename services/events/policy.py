"""Who may do what in events. A row is an action; any of its rules lets an actor in."""

from typing import Any

from kit.policy import Rules
from services.roster.rules import (
    client_of_a_cluster,
    client_of_a_cluster_with_webhooks,
    client_with_webhooks,
    coordinator,
    follower,
    member,
    member_of_bottom_up_cluster,
    mentor_coordinator,
    national_coordinator,
    operator,
    person_signed_in,
    programme_coordinator,
)
from services.roster.standing import Member


def organiser(actor: Member, thing: Any) -> bool:
    return actor.id is not None and thing.event.organiser_id == actor.id


def coordinator_of_organising_school(actor: Member, thing: Any) -> bool:
    return thing.event.organiser_school_id is not None and actor.leads_school(thing.event.organiser_school_id)


def oneself(actor: Member, thing: Any) -> bool:
    return actor.id is not None and getattr(thing, "person_id", actor.id) == actor.id


def coordinator_of_their_school(actor: Member, thing: Any) -> bool:
    return getattr(thing, "school_id", None) is not None and actor.leads_school(thing.school_id)


RULES: Rules = {
    "events.list": [person_signed_in, client_of_a_cluster],
    "event.see": [member, national_coordinator, programme_coordinator, client_of_a_cluster],
    "event.schedule": [mentor_coordinator, member_of_bottom_up_cluster, national_coordinator, programme_coordinator],
    "event.change": [
        organiser, coordinator_of_organising_school, mentor_coordinator, national_coordinator, programme_coordinator,
    ],
    "event.register": [oneself, coordinator_of_their_school, mentor_coordinator],
    "event.mark_attendance": [organiser, coordinator, national_coordinator, programme_coordinator],
    "facts.follow": [follower, client_of_a_cluster_with_webhooks],
    "endpoint.register": [client_with_webhooks],
    "jobs.replay": [programme_coordinator, operator],
}  # fmt: skip
