"""Who somebody is to people, schools, clusters and invitations."""

from kit.policy import by_office
from services.clusters.policy.things import (
    ACluster,
    AskedInto,
    Asking,
    InCountry,
    OfClient,
    OfCluster,
    OfHelp,
    OfInvitation,
    OfMembership,
    OfPlan,
    OfProposal,
    OfSchool,
    OfStaff,
)
from services.clusters.scopes import NOTIFY, SET_UP, SIGN_IN
from services.roster.approaches.marks import under
from services.roster.standing import BOTTOM_UP, NATIONAL, PROGRAMME, TEACHER, TOP_DOWN, Member


def anyone_signed_in(actor: Member, thing: object) -> bool:
    return not actor.is_guest


def oneself(actor: Member, thing: object) -> bool:
    """A person, or the house for them; not a program that a cluster let in."""
    return actor.id is not None and actor.bound_to is None


def mentor_coordinator_in_person(actor: Member, thing: ACluster) -> bool:
    return oneself(actor, thing) and actor.mentors(thing.id)


@under(BOTTOM_UP)
def mentor_coordinator_in_a_bottom_up_cluster(actor: Member, thing: ACluster) -> bool:
    return thing.approach == BOTTOM_UP and mentor_coordinator_in_person(actor, thing)


def leader_of_the_school_in_person(actor: Member, thing: OfSchool) -> bool:
    return oneself(actor, thing) and thing.school_id is not None and actor.leads_school(thing.school_id)


@under(BOTTOM_UP)
def leader_of_the_school_in_a_bottom_up_cluster(actor: Member, thing: OfMembership) -> bool:
    return thing.approach == BOTTOM_UP and leader_of_the_school_in_person(actor, thing)


def who_works_there_in_person(actor: Member, thing: OfStaff) -> bool:
    return oneself(actor, thing) and thing.person_id == actor.id


def leader_of_some_school_in_person(actor: Member, thing: object) -> bool:
    return oneself(actor, thing) and any(actor.leads_school(school_id) for school_id in actor.schools)


def mentor_coordinator_for_a_teacher(actor: Member, thing: AskedInto) -> bool:
    mentors = any(actor.mentors(cluster_id) for cluster_id in thing.cluster_ids)
    return oneself(actor, thing) and mentors and thing.role == TEACHER


@by_office(NATIONAL)
def national_coordinator_for_a_teacher_or_the_first_leader(actor: Member, thing: Asking) -> bool:
    return national_coordinator(actor, thing) and (thing.role == TEACHER or not thing.is_led)


@by_office(PROGRAMME)
def programme_coordinator_for_a_teacher_or_the_first_leader(actor: Member, thing: Asking) -> bool:
    return actor.is_programme and (thing.role == TEACHER or not thing.is_led)


def whom_it_names(actor: Member, thing: OfInvitation) -> bool:
    is_asked = thing.invitation.confirmed_at is not None
    return oneself(actor, thing) and is_asked and thing.invitation.person_id == actor.id


def who_invited(actor: Member, thing: OfInvitation) -> bool:
    return oneself(actor, thing) and thing.invitation.invited_by == actor.id


def mentor_coordinator_who_invited(actor: Member, thing: OfInvitation) -> bool:
    return who_invited(actor, thing) and mentor_coordinator_for_a_teacher(actor, thing)


@by_office(NATIONAL)
def national_coordinator_who_invited(actor: Member, thing: OfInvitation) -> bool:
    return who_invited(actor, thing) and national_coordinator(actor, thing)


def mentor_coordinator_of_the_client(actor: Member, thing: OfClient) -> bool:
    return oneself(actor, thing) and thing.cluster_id is not None and actor.mentors(thing.cluster_id)


def member_in_person(actor: Member, thing: ACluster) -> bool:
    return oneself(actor, thing) and thing.id in actor.clusters


@under(BOTTOM_UP)
def member_of_a_bottom_up_cluster_in_person(actor: Member, thing: ACluster) -> bool:
    return thing.approach == BOTTOM_UP and member_in_person(actor, thing)


@under(BOTTOM_UP)
def group_of_a_bottom_up_cluster(actor: Member, thing: ACluster) -> bool:
    """What a cluster decided is done by all of it together: as who has the cluster's own id."""
    return thing.approach == BOTTOM_UP and actor.id == thing.id


def who_proposed_it(actor: Member, thing: OfProposal) -> bool:
    return member_in_person(actor, thing) and thing.proposed_by == actor.id


def coordinator_of_the_cluster_in_person(actor: Member, thing: ACluster) -> bool:
    return oneself(actor, thing) and actor.coordinates(thing.id)


@under(TOP_DOWN)
def mentor_coordinator_in_a_top_down_cluster(actor: Member, thing: ACluster) -> bool:
    return thing.approach == TOP_DOWN and mentor_coordinator_in_person(actor, thing)


@by_office(NATIONAL)
@under(TOP_DOWN)
def national_coordinator_for_a_plan_of_others(actor: Member, thing: OfPlan) -> bool:
    return national_coordinator_in_a_top_down_cluster(actor, thing) and thing.handed_in_by != actor.id


@by_office(PROGRAMME)
@under(TOP_DOWN)
def programme_coordinator_for_a_plan_of_others(actor: Member, thing: OfPlan) -> bool:
    return thing.approach == TOP_DOWN and actor.is_programme and thing.handed_in_by != actor.id


def who_asked_for_it(actor: Member, thing: OfHelp) -> bool:
    return oneself(actor, thing) and thing.asked_by == actor.id


def coordinator_with_whom_it_is_shared(actor: Member, thing: OfHelp) -> bool:
    return oneself(actor, thing) and thing.is_shared and actor.coordinates(thing.id)


@by_office(PROGRAMME)
def programme_coordinator_once_it_has_climbed(actor: Member, thing: OfHelp) -> bool:
    return actor.is_programme and thing.climbed_at is not None


def coordinator_of_the_cluster(actor: Member, thing: ACluster) -> bool:
    return actor.coordinates(thing.id)


@by_office(NATIONAL)
def national_coordinator(actor: Member, thing: InCountry) -> bool:
    return thing.country in actor.countries


@by_office(NATIONAL)
@under(TOP_DOWN)
def national_coordinator_in_a_top_down_cluster(actor: Member, thing: OfCluster) -> bool:
    return thing.approach == TOP_DOWN and thing.country in actor.countries


def holder_of_an_office(actor: Member, thing: object) -> bool:
    return actor.is_programme or bool(actor.countries)


def house_setting_up(actor: Member, thing: object) -> bool:
    return SET_UP in actor.scopes


def neighbour_service(actor: Member, thing: object) -> bool:
    return NOTIFY in actor.scopes


def client_for_signing_in(actor: Member, thing: object) -> bool:
    return SIGN_IN in actor.scopes
