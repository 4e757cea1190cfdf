"""Who may do what in clusters. A row is an action; any of its rules lets an actor in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.policy import Rules
from services.clusters.clients.models import NOTIFY, SET_UP, SIGN_IN
from services.roster.rules import client_with_webhooks, follower, operator, person_signed_in, programme_coordinator
from services.roster.standing import BOTTOM_UP, Member


@dataclass(frozen=True)
class MemberSchool:
    """A school as a row of a cluster's composition, for `can`."""

    school_id: UUID
    cluster_id: UUID
    country: str
    approach: str

    @property
    def cluster_ids(self) -> list[UUID]:
        return [self.cluster_id]


@dataclass(frozen=True)
class StaffRow:
    """A person as a row of a cluster's people, for `can`."""

    school_id: UUID
    cluster_ids: list[UUID]
    country: str


def _school_id(thing: Any) -> UUID:
    found: UUID = thing.school_id if hasattr(thing, "school_id") else getattr(thing, "school", thing).id
    return found


def _country(thing: Any) -> str | None:
    for holder in (thing, getattr(thing, "school", None), getattr(thing, "cluster", None)):
        country: str | None = getattr(holder, "country", None)
        if country:
            return country
    return None


def anyone_signed_in(actor: Member, thing: Any) -> bool:
    return not actor.is_guest


def coordinator_or_head_of_the_school(actor: Member, thing: Any) -> bool:
    return actor.leads_school(_school_id(thing))


def oneself(actor: Member, thing: Any) -> bool:
    """A person, or the house for them; not a program that a cluster let in."""
    return actor.id is not None and actor.reach is None


def mentor_coordinator_in_person(actor: Member, thing: Any) -> bool:
    return oneself(actor, thing) and actor.mentors(thing.id)


def mentor_coordinator_of_its_cluster(actor: Member, thing: Any) -> bool:
    return any(actor.mentors(cluster_id) for cluster_id in thing.cluster_ids)


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
    "school.change": [coordinator_or_head_of_the_school, programme_coordinator, house_setting_up],
    "school.invite": [
        coordinator_or_head_of_the_school,
        mentor_coordinator_of_its_cluster,
        national_coordinator,
        programme_coordinator,
        house_setting_up,
    ],
    "staff.change_role": [coordinator_or_head_of_the_school, programme_coordinator, house_setting_up],
    "staff.end": [coordinator_or_head_of_the_school, programme_coordinator, house_setting_up],
    "office.give": [programme_coordinator, house_setting_up],
    "house.set_up": [house_setting_up],
    "house.open": [house_setting_up],
    "facts.follow": [follower],
    "endpoint.register": [client_with_webhooks],
    "jobs.replay": [programme_coordinator, operator],
}
