"""Who may do what in events. A row is an action; any of its rules lets an actor in."""

from typing import Any

from kit.policy import Rules
from services.roster.standing import BOTTOM_UP, Member

FOLLOW, WEBHOOKS, OPERATE = "follow", "webhooks", "operate"


def member(actor: Member, thing: Any) -> bool:
    return thing.cluster.id in actor.clusters


def member_of_bottom_up_cluster(actor: Member, thing: Any) -> bool:
    return thing.cluster.approach == BOTTOM_UP and thing.cluster.id in actor.clusters


def mentor_coordinator(actor: Member, thing: Any) -> bool:
    return actor.mentors(thing.cluster.id)


def coordinator(actor: Member, thing: Any) -> bool:
    return actor.coordinates(thing.cluster.id)


def national_coordinator(actor: Member, thing: Any) -> bool:
    return thing.cluster.country in actor.countries


def programme_coordinator(actor: Member, thing: Any) -> bool:
    return actor.is_programme


def organiser(actor: Member, thing: Any) -> bool:
    return actor.id is not None and thing.event.organiser_id == actor.id


def coordinator_of_organising_school(actor: Member, thing: Any) -> bool:
    return thing.event.organiser_school_id is not None and actor.leads_school(thing.event.organiser_school_id)


def oneself(actor: Member, thing: Any) -> bool:
    return actor.id is not None and getattr(thing, "person_id", actor.id) == actor.id


def coordinator_of_their_school(actor: Member, thing: Any) -> bool:
    return getattr(thing, "school_id", None) is not None and actor.leads_school(thing.school_id)


def anyone_signed_in(actor: Member, thing: Any) -> bool:
    return actor.id is not None


def follower(actor: Member, thing: Any) -> bool:
    return FOLLOW in actor.scopes


def client_with_webhooks(actor: Member, thing: Any) -> bool:
    return WEBHOOKS in actor.scopes


def operator(actor: Member, thing: Any) -> bool:
    return OPERATE in actor.scopes


RULES: Rules = {
    "events.list": [anyone_signed_in],
    "event.see": [member, national_coordinator, programme_coordinator],
    "event.schedule": [mentor_coordinator, member_of_bottom_up_cluster, national_coordinator, programme_coordinator],
    "event.change": [
        organiser, coordinator_of_organising_school, mentor_coordinator, national_coordinator, programme_coordinator,
    ],
    "event.register": [oneself, coordinator_of_their_school, mentor_coordinator],
    "event.mark_attendance": [organiser, coordinator, national_coordinator, programme_coordinator],
    "facts.follow": [follower],
    "endpoint.register": [client_with_webhooks],
    "jobs.replay": [programme_coordinator, operator],
}  # fmt: skip
