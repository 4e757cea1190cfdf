"""Who may do what in diaries. A row is an action; any of its rules lets an actor in."""

from typing import Any

from kit.policy import Rules, for_guests
from services.roster.rules import (
    client_of_a_cluster,
    client_of_a_cluster_with_webhooks,
    client_with_webhooks,
    follower,
    member,
    mentor_coordinator,
    national_coordinator,
    operator,
    person_signed_in,
    programme_coordinator,
)
from services.roster.standing import Member


@for_guests
def anyone_who_sees_it(actor: Member, thing: Any) -> bool:
    return True


def author(actor: Member, thing: Any) -> bool:
    return actor.id is not None and thing.entry.author_id == actor.id and actor.reaches(thing.cluster.id)


def coordinator_of_the_authors_school(actor: Member, thing: Any) -> bool:
    return thing.entry.school_id is not None and actor.leads_school(thing.entry.school_id)


def writer(actor: Member, thing: Any) -> bool:
    return actor.id is not None and thing.comment.author_id == actor.id and actor.reaches(thing.cluster.id)


RULES: Rules = {
    "entries.list": [person_signed_in, client_of_a_cluster],
    "diary.write": [member],
    "entry.read": [anyone_who_sees_it],
    "entry.edit": [author],
    "entry.publish": [author, coordinator_of_the_authors_school, mentor_coordinator],
    "entry.remove": [author],
    "entry.comment": [member, national_coordinator, programme_coordinator],
    "comment.reply": [member, national_coordinator, programme_coordinator],
    "comment.resolve": [writer, author],
    "comment.change": [writer],
    "comment.remove": [writer],
    "facts.follow": [follower, client_of_a_cluster_with_webhooks],
    "endpoint.register": [client_with_webhooks],
    "jobs.replay": [programme_coordinator, operator],
}
