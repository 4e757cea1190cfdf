"""Rows and predicates that the policy tables share."""

from typing import Generic, Protocol
from uuid import UUID

from kit import policy
from kit.policy import StateT, ThingT, by_office
from services.roster.approaches.marks import under
from services.roster.standing import BOTTOM_UP, NATIONAL, PROGRAMME, ClusterInSight, Member
from services.roster.states import OfClosable, its_cluster_is_open

ACT_FOR_PEOPLE, FOLLOW, WEBHOOKS, OPERATE = "act_for_people", "follow", "webhooks", "operate"


class Row(policy.Row[Member, ThingT, StateT], Generic[ThingT, StateT]):
    """A row of a service: whom its rules let in by where they stand."""


class OfCluster(Protocol):
    """A thing of a cluster in sight."""

    @property
    def cluster(self) -> ClusterInSight: ...


class InCountry(Protocol):
    """A thing of a country."""

    @property
    def country(self) -> str: ...


class OfSchool(InCountry, Protocol):
    """A school."""

    @property
    def school_id(self) -> UUID: ...


def member(actor: Member, thing: OfCluster) -> bool:
    return thing.cluster.id in actor.clusters


@under(BOTTOM_UP)
def member_of_bottom_up_cluster(actor: Member, thing: OfCluster) -> bool:
    return thing.cluster.approach == BOTTOM_UP and thing.cluster.id in actor.clusters


def coordinator(actor: Member, thing: OfCluster) -> bool:
    return actor.coordinates(thing.cluster.id)


def mentor_coordinator(actor: Member, thing: OfCluster) -> bool:
    return actor.mentors(thing.cluster.id)


@by_office(NATIONAL)
def national_coordinator(actor: Member, thing: OfCluster) -> bool:
    return thing.cluster.country in actor.countries


@by_office(NATIONAL)
def national_coordinator_of_the_country(actor: Member, thing: InCountry) -> bool:
    return thing.country in actor.countries


def leader_of_the_school(actor: Member, thing: OfSchool) -> bool:
    """Its coordinator or head, and no program that a cluster let in for them."""
    return person_themselves(actor, thing) and actor.leads_school(thing.school_id)


def client_of_the_cluster(actor: Member, thing: OfCluster) -> bool:
    """A program that acts for itself, in the cluster that let it in."""
    return actor.id is None and actor.bound_to == thing.cluster.id


@by_office(PROGRAMME)
def programme_coordinator(actor: Member, thing: object) -> bool:
    return actor.is_programme


# Also clusters says to whom this is open, so that a form is shown to nobody who would be refused.
SCHEDULES_EVENTS = Row[OfCluster, OfClosable](
    mentor_coordinator,
    member_of_bottom_up_cluster,
    national_coordinator,
    programme_coordinator,
    while_=[its_cluster_is_open],
)


def person_themselves(actor: Member, thing: object) -> bool:
    """A person, and no program that a cluster let in for them."""
    return actor.id is not None and actor.bound_to is None


def person_signed_in(actor: Member, thing: object) -> bool:
    return actor.id is not None


def client_of_a_cluster(actor: Member, thing: object) -> bool:
    """A program that acts for itself, in whatever cluster."""
    return actor.id is None and actor.bound_to is not None


def follower(actor: Member, thing: object) -> bool:
    return FOLLOW in actor.scopes


def client_with_webhooks(actor: Member, thing: object) -> bool:
    return WEBHOOKS in actor.scopes


def client_of_a_cluster_with_webhooks(actor: Member, thing: object) -> bool:
    return WEBHOOKS in actor.scopes and actor.bound_to is not None


def operator(actor: Member, thing: object) -> bool:
    return OPERATE in actor.scopes


IN_EVERY_SERVICE: policy.Rules = {
    # Whom another rule than `member` lets in is shown everybody's.
    "acts.of_cluster": Row[OfCluster, object](coordinator, national_coordinator, programme_coordinator, member),
    "acts.of_school": Row[OfSchool, object](
        leader_of_the_school, national_coordinator_of_the_country, programme_coordinator
    ),
    "acts.of_country": Row[InCountry, object](national_coordinator_of_the_country, programme_coordinator),
    "acts.of_programme": Row[object, object](programme_coordinator),
    "approaches.see": Row[object, object](person_signed_in),
    "facts.follow": Row[object, object](follower, client_of_a_cluster_with_webhooks),
    "endpoint.register": Row[object, object](client_with_webhooks),
    "jobs.replay": Row[object, object](programme_coordinator, operator),
}
