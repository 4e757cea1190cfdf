"""Who may do what in clusters. A row is an action; any of its rules lets an actor in."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from kit.policy import Rules
from services.clusters.scopes import NOTIFY, SET_UP, SIGN_IN
from services.roster.rules import (
    client_of_a_cluster_with_webhooks,
    client_with_webhooks,
    follower,
    operator,
    person_signed_in,
    programme_coordinator,
)
from services.roster.standing import BOTTOM_UP, TEACHER, Member


@dataclass(frozen=True)
class MemberSchool:
    """A school as a row of a cluster's composition, for `can`: who may invite a teacher there, sees the form."""

    school_id: UUID
    cluster_id: UUID
    country: str
    approach: str
    role: str = TEACHER
    is_led: bool = True

    @property
    def cluster_ids(self) -> list[UUID]:
        return [self.cluster_id]


@dataclass(frozen=True)
class StaffRow:
    """A person as a row of a cluster's people, for `can`."""

    school_id: UUID
    cluster_ids: list[UUID]
    country: str


def _school_id(thing: Any) -> UUID | None:
    """The school that it is about; None for an invitation into an office."""
    if hasattr(thing, "school_id"):
        return cast(UUID, thing.school_id)
    school = getattr(thing, "school", thing)
    return cast(UUID, school.id) if school else None


def _country(thing: Any) -> str | None:
    for holder in (thing, getattr(thing, "school", None), getattr(thing, "cluster", None)):
        country: str | None = getattr(holder, "country", None)
        if country:
            return country
    return None


def anyone_signed_in(actor: Member, thing: Any) -> bool:
    return not actor.is_guest


def oneself(actor: Member, thing: Any) -> bool:
    """A person, or the house for them; not a program that a cluster let in."""
    return actor.id is not None and actor.reach is None


def mentor_coordinator_in_person(actor: Member, thing: Any) -> bool:
    return oneself(actor, thing) and actor.mentors(thing.id)


def leader_of_the_school_in_person(actor: Member, thing: Any) -> bool:
    school_id = _school_id(thing)
    return oneself(actor, thing) and school_id is not None and actor.leads_school(school_id)


def mentor_coordinator_for_a_teacher(actor: Member, thing: Any) -> bool:
    mentors = any(actor.mentors(cluster_id) for cluster_id in thing.cluster_ids)
    return oneself(actor, thing) and mentors and thing.role == TEACHER


def national_coordinator_for_a_teacher_or_the_first_leader(actor: Member, thing: Any) -> bool:
    return national_coordinator(actor, thing) and (thing.role == TEACHER or not thing.is_led)


def programme_coordinator_for_a_teacher_or_the_first_leader(actor: Member, thing: Any) -> bool:
    return actor.is_programme and (thing.role == TEACHER or not thing.is_led)


def whom_it_names(actor: Member, thing: Any) -> bool:
    is_asked = thing.invitation.confirmed_at is not None
    return oneself(actor, thing) and is_asked and thing.invitation.person_id == actor.id


def who_invited(actor: Member, thing: Any) -> bool:
    return oneself(actor, thing) and thing.invitation.invited_by == actor.id


def who_invited_and_still_could(actor: Member, thing: Any) -> bool:
    could = mentor_coordinator_for_a_teacher(actor, thing) or national_coordinator(actor, thing)
    return who_invited(actor, thing) and could


def mentor_coordinator_of_the_client(actor: Member, thing: Any) -> bool:
    return oneself(actor, thing) and actor.mentors(thing.cluster_id)


def coordinator_of_the_cluster(actor: Member, thing: Any) -> bool:
    return actor.coordinates(thing.id)


def national_coordinator(actor: Member, thing: Any) -> bool:
    return _country(thing) in actor.countries


def national_coordinator_in_a_top_down_cluster(actor: Member, thing: Any) -> bool:
    cluster = getattr(thing, "cluster", thing)
    return cluster.approach != BOTTOM_UP and cluster.country in actor.countries


def house_setting_up(actor: Member, thing: Any) -> bool:
    return SET_UP in actor.scopes


def neighbour_service(actor: Member, thing: Any) -> bool:
    return NOTIFY in actor.scopes


def client_for_signing_in(actor: Member, thing: Any) -> bool:
    return SIGN_IN in actor.scopes


RULES: Rules = {
    "profile.see": [person_signed_in],
    "profile.change": [oneself],
    "session.begin": [client_for_signing_in],
    "notice.see": [oneself],
    "notice.send": [neighbour_service],
    "calendar.address": [neighbour_service],
    "clusters.list": [anyone_signed_in],
    "cluster.see": [anyone_signed_in],
    "cluster.form": [national_coordinator, programme_coordinator, house_setting_up],
    "cluster.change_aims": [
        coordinator_of_the_cluster,
        national_coordinator,
        programme_coordinator,
        house_setting_up,
    ],
    "cluster.admit": [national_coordinator_in_a_top_down_cluster, programme_coordinator, house_setting_up],
    "cluster.manage_clients": [mentor_coordinator_in_person],
    "client.manage": [mentor_coordinator_of_the_client],
    "membership.end": [national_coordinator_in_a_top_down_cluster, programme_coordinator, house_setting_up],
    "school.register": [national_coordinator, programme_coordinator, house_setting_up],
    "school.see": [anyone_signed_in],
    "school.change": [leader_of_the_school_in_person, programme_coordinator, house_setting_up],
    "school.invite": [
        leader_of_the_school_in_person,
        mentor_coordinator_for_a_teacher,
        national_coordinator_for_a_teacher_or_the_first_leader,
        programme_coordinator_for_a_teacher_or_the_first_leader,
        house_setting_up,
    ],
    "invitation.see": [
        whom_it_names,
        who_invited,
        leader_of_the_school_in_person,
        national_coordinator,
        programme_coordinator,
        house_setting_up,
    ],
    "invitation.manage": [
        who_invited_and_still_could,
        leader_of_the_school_in_person,
        programme_coordinator,
        house_setting_up,
    ],
    "invitation.confirm": [leader_of_the_school_in_person],
    "invitation.decline": [whom_it_names],
    "invitation.accept": [whom_it_names, house_setting_up],
    "staff.change_role": [leader_of_the_school_in_person, house_setting_up],
    "staff.end": [leader_of_the_school_in_person, programme_coordinator, house_setting_up],
    "office.give": [programme_coordinator, house_setting_up],
    "house.set_up": [house_setting_up],
    "house.open": [house_setting_up],
    "facts.follow": [follower, client_of_a_cluster_with_webhooks],
    "endpoint.register": [client_with_webhooks],
    "jobs.replay": [programme_coordinator, operator],
}
