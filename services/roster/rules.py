"""Predicates that the policy tables share. A `thing` has the cluster in sight that it belongs to."""

from typing import Any

from services.roster.standing import BOTTOM_UP, Member

ACT_FOR_PEOPLE, FOLLOW, WEBHOOKS, OPERATE = "act_for_people", "follow", "webhooks", "operate"


def member(actor: Member, thing: Any) -> bool:
    return thing.cluster.id in actor.clusters


def member_of_bottom_up_cluster(actor: Member, thing: Any) -> bool:
    return thing.cluster.approach == BOTTOM_UP and thing.cluster.id in actor.clusters


def coordinator(actor: Member, thing: Any) -> bool:
    return actor.coordinates(thing.cluster.id)


def mentor_coordinator(actor: Member, thing: Any) -> bool:
    return actor.mentors(thing.cluster.id)


def national_coordinator(actor: Member, thing: Any) -> bool:
    return thing.cluster.country in actor.countries


def programme_coordinator(actor: Member, thing: Any) -> bool:
    return actor.is_programme


def person_signed_in(actor: Member, thing: Any) -> bool:
    return actor.id is not None


def client_of_a_cluster(actor: Member, thing: Any) -> bool:
    """A program that acts for itself, in the cluster that let it in."""
    cluster = getattr(thing, "cluster", None)
    return actor.id is None and actor.reach is not None and (cluster is None or cluster.id == actor.reach)


def follower(actor: Member, thing: Any) -> bool:
    return FOLLOW in actor.scopes


def client_with_webhooks(actor: Member, thing: Any) -> bool:
    return WEBHOOKS in actor.scopes


def client_of_a_cluster_with_webhooks(actor: Member, thing: Any) -> bool:
    return WEBHOOKS in actor.scopes and actor.reach is not None


def operator(actor: Member, thing: Any) -> bool:
    return OPERATE in actor.scopes
