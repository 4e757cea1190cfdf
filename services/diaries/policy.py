"""Who may do what in diaries. A row is an action; any of its rules lets an actor in."""

from typing import Any

from kit.policy import Rules
from services.roster.standing import Member

FOLLOW, WEBHOOKS, OPERATE = "follow", "webhooks", "operate"


def anyone_who_sees_it(actor: Member, thing: Any) -> bool:
    return True


def anyone_signed_in(actor: Member, thing: Any) -> bool:
    return actor.id is not None


def member(actor: Member, thing: Any) -> bool:
    return thing.cluster.id in actor.clusters


def author(actor: Member, thing: Any) -> bool:
    return actor.id is not None and thing.entry.author_id == actor.id


def coordinator_of_the_authors_school(actor: Member, thing: Any) -> bool:
    return thing.entry.school_id is not None and actor.leads_school(thing.entry.school_id)


def mentor_coordinator(actor: Member, thing: Any) -> bool:
    return actor.mentors(thing.cluster.id)


def national_coordinator(actor: Member, thing: Any) -> bool:
    return thing.cluster.country in actor.countries


def programme_coordinator(actor: Member, thing: Any) -> bool:
    return actor.is_programme


def who_asked(actor: Member, thing: Any) -> bool:
    return actor.id is not None and thing.comment.author_id == actor.id


def follower(actor: Member, thing: Any) -> bool:
    return FOLLOW in actor.scopes


def client_with_webhooks(actor: Member, thing: Any) -> bool:
    return WEBHOOKS in actor.scopes


def operator(actor: Member, thing: Any) -> bool:
    return OPERATE in actor.scopes


RULES: Rules = {
    "entries.list": [anyone_signed_in],
    "diary.write": [member],
    "entry.read": [anyone_who_sees_it],
    "entry.edit": [author],
    "entry.publish": [author, coordinator_of_the_authors_school, mentor_coordinator],
    "entry.comment": [member, national_coordinator, programme_coordinator],
    "comment.reply": [member, national_coordinator, programme_coordinator],
    "comment.resolve": [who_asked, author],
    "facts.follow": [follower],
    "endpoint.register": [client_with_webhooks],
    "jobs.replay": [programme_coordinator, operator],
}
